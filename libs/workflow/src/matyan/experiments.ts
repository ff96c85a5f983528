import { AppError, type Caller } from '#contract';
import type { TrackedGroup, TrackedRun } from '#tracking';

import type { Ports } from '../ports.js';
import { givenName } from '../rows.js';
import { matyanProject } from './matyan-project.js';
import { endSeconds, epochSeconds } from './run-props.js';

interface WireExperiment {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly run_count: number;
  readonly archived: boolean;
  readonly creation_time: number;
}
type Done = { readonly id: string; readonly status: 'OK' };
/** The most runs of a list that asks for all. */
const ALL = 10_000;

/** Experiments whose name holds a text, all without one. */
export async function listExperiments(ports: Ports, caller: Caller, search = ''): Promise<WireExperiment[]> {
  const projectId = await matyanProject(ports, caller);
  return (await ports.tracked.groups.list(projectId, { search: search.trim() })).map(toWire);
}

/** @throws AppError `name-empty`, `tracked-name-exists`. */
export async function createExperiment(ports: Ports, caller: Caller, name: string): Promise<Done> {
  const projectId = await matyanProject(ports, caller);
  return { id: await ports.tracked.groups.create(projectId, givenName(name)), status: 'OK' };
}

/** @throws AppError `tracked-group-not-found`. */
export async function getExperiment(ports: Ports, caller: Caller, id: string): Promise<WireExperiment> {
  return toWire(await matyanGroup(ports, await matyanProject(ports, caller), id));
}

/** @throws AppError `tracked-group-not-found`, `tracked-name-exists`. */
export async function changeExperiment(
  ports: Ports,
  caller: Caller,
  id: string,
  change: {
    name?: string | null | undefined;
    description?: string | null | undefined;
    archived?: boolean | null | undefined;
  },
): Promise<Done> {
  const name = change.name?.trim();
  await ports.tracked.groups.change(await matyanProject(ports, caller), id, {
    ...(name ? { name } : {}),
    ...(change.description == null ? {} : { description: change.description }),
    ...(change.archived == null ? {} : { archived: change.archived }),
  });
  return { id, status: 'OK' };
}

/** @throws AppError `tracked-group-not-found`. */
export async function removeExperiment(ports: Ports, caller: Caller, id: string): Promise<{ status: 'OK' }> {
  await ports.tracked.groups.remove(await matyanProject(ports, caller), id);
  return { status: 'OK' };
}

/** Its runs, newest first; `after` is the hash of the last run of the page before. @throws AppError `tracked-group-not-found`. */
export async function experimentRuns(
  ports: Ports,
  caller: Caller,
  id: string,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<{ id: string; runs: (WireRun & { readonly archived: boolean })[] }> {
  const projectId = await matyanProject(ports, caller);
  await matyanGroup(ports, projectId, id);
  const { runs } = await ports.tracked.runs.list({ projectId, groupId: id, limit: ALL });
  const from = after === undefined ? 0 : runs.findIndex(({ extId }) => extId === after) + 1;
  const page = runs.slice(from, limit > 0 ? from + limit : undefined);
  return { id, runs: page.map((run) => ({ ...wireRun(run), archived: run.archived })) };
}

/** @throws AppError `tracked-group-not-found`. */
export async function experimentActivity(ports: Ports, caller: Caller, id: string, minutesBehindUtc: number) {
  const projectId = await matyanProject(ports, caller);
  const group = await matyanGroup(ports, projectId, id);
  const options = { groupId: group.id, unit: 'hour', minutesBehindUtc } as const;
  const { runs, archived, active, began } = await ports.tracked.overview.activity(projectId, options);
  return { num_runs: runs, num_archived_runs: archived, num_active_runs: active, activity_map: began };
}

/** @throws AppError `tracked-group-not-found`. */
export async function matyanGroup({ tracked }: Ports, projectId: number, id: string): Promise<TrackedGroup> {
  const [group] = await tracked.groups.list(projectId, { ids: [id] });
  if (!group) throw new AppError('tracked-group-not-found', { id });
  return group;
}

/** A run in a list of an experiment or a tag. */
export interface WireRun {
  readonly run_id: string;
  readonly name: string;
  readonly creation_time: number;
  readonly end_time: number | null;
}
/** A run in such a list. */
export const wireRun = (run: TrackedRun): WireRun => ({
  run_id: run.extId,
  name: run.name,
  creation_time: epochSeconds(run.startedAt),
  end_time: endSeconds(run),
});

const toWire = ({ id, name, description, archived, created, runCount }: TrackedGroup): WireExperiment => ({
  id,
  name,
  description: description ?? '',
  run_count: runCount,
  archived,
  creation_time: epochSeconds(created),
});
