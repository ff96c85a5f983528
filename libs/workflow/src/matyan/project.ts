import { type Caller, MATYAN_SEQUENCES, type MatyanProjectParams, type MatyanSequence } from '#contract';
import type { SeriesContext } from '#tracking';

import type { Ports } from '../ports.js';
import { matyanProject } from './matyan-project.js';
import { sequenceOf } from './sequence-kinds.js';

/** The most parameters and series of a list to choose from. */
const CHOICES = 10_000;

/** The one project a caller sees. */
export async function matyanProjectInfo(ports: Ports, caller: Caller) {
  const { name, description } = await ports.tracked.projects.get(await matyanProject(ports, caller));
  return {
    name,
    path: '',
    description: description ?? '',
    telemetry_enabled: 0,
    warn_index: false,
    warn_runs: false,
  } as const;
}

/** Counts, and runs by day of the reader's clock. */
export async function matyanActivity(ports: Ports, caller: Caller, minutesBehindUtc: number) {
  const projectId = await matyanProject(ports, caller);
  const [groups, { runs, archived, active, began }] = await Promise.all([
    ports.tracked.groups.list(projectId),
    ports.tracked.overview.activity(projectId, { unit: 'day', minutesBehindUtc }),
  ]);
  return {
    num_experiments: groups.length,
    num_runs: runs,
    num_archived_runs: archived,
    num_active_runs: active,
    activity_map: began,
  };
}

/** Everything a query could be made of. */
export async function matyanParams(
  ports: Ports,
  caller: Caller,
  { sequences = [], excludeParams }: { sequences?: readonly string[] | undefined; excludeParams: boolean },
): Promise<MatyanProjectParams> {
  const projectId = await matyanProject(ports, caller);
  const [leaves, series] = await Promise.all([
    excludeParams ? undefined : ports.tracked.overview.params(projectId, CHOICES),
    ports.tracked.overview.series(projectId, CHOICES),
  ]);
  const wanted = (kind: MatyanSequence): boolean => sequences.length === 0 || sequences.includes(kind);
  const contexts = new Map(MATYAN_SEQUENCES.map((kind) => [kind, new Map<string, SeriesContext[]>()]));
  for (const { kind, name, context } of series) {
    const sequence = sequenceOf(kind);
    const byName = contexts.get(sequence)!;
    if (wanted(sequence)) byName.set(name, [...(byName.get(name) ?? []), context]);
  }
  const sequencesByName = Object.fromEntries([...contexts].map(([kind, byName]) => [kind, Object.fromEntries(byName)]));
  return {
    ...(leaves === undefined ? {} : { params: nested(leaves) }),
    ...(sequencesByName as Record<MatyanSequence, Record<string, SeriesContext[]>>),
  };
}

/** Leaves by dotted key as a tree, without what clients hide; a key that is a leaf of one run and a branch of another becomes a branch. */
export function nested(leaves: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const root = new Map<string, unknown>();
  for (const [key, value] of Object.entries(leaves)) {
    const path = key.split('.');
    if (path[0] === '__system_params' || path[0] === '__blobs__') continue;
    let node = root;
    for (const step of path.slice(0, -1)) {
      const next = node.get(step);
      const inner = next instanceof Map ? (next as Map<string, unknown>) : new Map<string, unknown>();
      node.set(step, inner);
      node = inner;
    }
    const last = path.at(-1)!;
    if (!(node.get(last) instanceof Map)) node.set(last, value);
  }
  return toObject(root);
}

const toObject = (node: ReadonlyMap<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(
    [...node].map(([key, value]) => [key, value instanceof Map ? toObject(value as Map<string, unknown>) : value]),
  );

interface Pinned {
  readonly name: string;
  readonly context: SeriesContext;
}

/** Series people put on top. */
export async function pinnedSequences({ tracked }: Ports, projectId: number): Promise<{ sequences: Pinned[] }> {
  const [view] = await tracked.views.list(projectId, 'pinned');
  return { sequences: (view?.body['sequences'] as Pinned[] | undefined) ?? [] };
}

/** Reads what a caller's project has pinned. */
export async function getPinned(ports: Ports, caller: Caller): Promise<{ sequences: Pinned[] }> {
  return pinnedSequences(ports, await matyanProject(ports, caller));
}

/** Pins these instead. @throws AppError `tracked-limit-passed`. */
export async function putPinned(
  ports: Ports,
  caller: Caller,
  sequences: readonly Pinned[],
): Promise<{ sequences: Pinned[] }> {
  const projectId = await matyanProject(ports, caller);
  await ports.tracked.views.put(projectId, 'pinned', { sequences });
  return pinnedSequences(ports, projectId);
}
