import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

import type { SwanlogRun, SwanlogSkip } from '#contract';
import type { TrackedRun, TrackedStatus } from '#tracking';

import type { Ports } from '../ports.js';
import { groupOf } from '../swanlab/swanlab-words.js';
import type { SwanLabTrace } from '../swanlab/wire-experiment.js';
import { importTag } from './import-tag.js';

/** A run of a log folder on its way into the store. */
export interface Importing {
  readonly projectId: number;
  /** Where the files are that the run names. */
  readonly folder: string;
  readonly run: SwanlogRun;
  readonly signal: AbortSignal;
  readonly skip: (skipped: SwanlogSkip) => void;
}

const STATUS: Readonly<Record<number, TrackedStatus>> = { 0: 'running', 1: 'completed', [-1]: 'failed' };
const LINES_AT_ONCE = 2000;
const INFO = 20;

/** Writes one run: by its id the same again, its parameters anew, its points, objects and lines over those of the same place. */
export async function importRun(ports: Ports, importing: Importing) {
  const { projectId, run } = importing;
  const { tracked } = ports;
  const date = (ms: number | null): Date | null => (ms === null ? null : new Date(ms));
  const startedAt = date(run.startedMs ?? run.endedMs);
  const opened = await tracked.runs.open({
    projectId,
    source: 'import',
    extId: run.runId,
    name: run.name,
    description: run.description,
    clientStartedAt: date(run.startedMs),
    metadata: { swanlab: traceOf(run) },
  });
  const { id } = opened.run;
  await tracked.runs.change(id, {
    name: run.name,
    description: run.description,
    archived: !run.shown,
    system: run.system,
    metadata: { ...opened.run.metadata, swanlab: traceOf(run) },
    ...(startedAt === null ? {} : { startedAt }),
  });
  await tracked.params.replace(id, [], run.params);
  for (const tag of run.tags) await importTag(ports, id, tag, importing);
  if (run.console !== null) await importConsole(ports, id, run.console, importing);
  await placeCharts(ports, opened.run, run);
  const endedAt = date(run.endedMs);
  await tracked.runs.setStatus(id, STATUS[run.status] ?? 'failed', endedAt === null ? {} : { endedAt });
  return { id, run_id: run.runId, name: run.name, created: opened.created };
}

function traceOf({ light, dark, version, config, requirements, error }: SwanlogRun): SwanLabTrace {
  const given = { light, dark, version, config, requirements, error };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null));
}

/** Lines have their place: again they overwrite themselves. */
async function importConsole(
  { tracked }: Ports,
  id: number,
  file: string,
  { folder, signal, run }: Importing,
): Promise<void> {
  const ts = new Date(run.startedMs ?? 0);
  let seq = 0;
  let lines: { ts: Date; level: number; message: string; seq: number }[] = [];
  const flush = async (): Promise<void> => {
    if (lines.length > 0) await tracked.logs.append(id, 0, lines);
    lines = [];
  };
  for await (const message of createInterface({
    input: createReadStream(join(folder, file), 'utf8'),
    crlfDelay: Infinity,
  })) {
    signal.throwIfAborted();
    lines.push({ ts, level: INFO, message: message.replaceAll('\0', '�'), seq: seq++ });
    if (lines.length >= LINES_AT_ONCE) await flush();
  }
  await flush();
}

/** Charts as they stood: their groups, what was pinned, hidden and folded, and why some showed nothing. */
async function placeCharts(
  { tracked: { charts, series } }: Ports,
  { id: runId }: TrackedRun,
  run: SwanlogRun,
): Promise<void> {
  const kinds = new Map(run.tags.map(({ name, kind }) => [name, kind === 'number' ? 'line' : kind]));
  const known = run.charts.filter(({ name }) => kinds.has(name));
  const placed = new Set(known.map(({ name }) => name));
  const wanted = [...known, ...run.tags.filter(({ name }) => !placed.has(name))].map((chart) => ({
    name: chart.name,
    group: 'namespace' in chart && chart.namespace !== '' ? chart.namespace : groupOf(chart.name),
    kind: kinds.get(chart.name)!,
    system: 1,
  }));
  const board = await charts.open({ runId }, wanted);
  const byName = new Map(board.charts.map((chart) => [chart.name, chart]));
  // Who is pinned or hidden later stands later.
  for (const { name, status } of [...known].sort((a, b) => (a.sort ?? 0) - (b.sort ?? 0))) {
    const chart = byName.get(name)!;
    const given = Math.sign(status) as -1 | 0 | 1;
    if (chart.status !== given) await charts.setStatus(chart.id, given);
  }
  const opened = new Map(known.map((chart) => [chart.namespace, chart.opened]));
  for (const group of board.groups) await charts.setOpened({ groupId: group.id }, opened.get(group.name) === 0 ? 0 : 1);
  await charts.setOpened({ owner: { runId }, pinned: true }, run.pinnedOpened === 0 ? 0 : 1);
  await charts.setOpened({ owner: { runId }, pinned: false }, run.hiddenOpened === 0 ? 0 : 1);
  const failed = run.tags.filter(({ failure }) => failure !== undefined);
  if (failed.length === 0) return;
  const ids = new Map((await series.list([runId])).map(({ name, id }) => [name, id]));
  for (const { name, failure } of failed) {
    const [chart, seriesId] = [byName.get(name), ids.get(name)];
    if (chart !== undefined && seriesId !== undefined) await charts.setError(chart.id, seriesId, errorOf(failure!));
  }
}

function errorOf(text: string): Record<string, unknown> {
  try {
    const error: unknown = JSON.parse(text);
    return typeof error === 'object' && error !== null ? { ...error } : { excepted: text };
  } catch {
    return { excepted: text };
  }
}
