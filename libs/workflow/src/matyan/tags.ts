import { AppError, type Caller } from '#contract';
import type { TrackedTag } from '#tracking';

import type { Ports } from '../ports.js';
import { givenName } from '../rows.js';
import { type WireRun, wireRun } from './experiments.js';
import { matyanProject } from './matyan-project.js';

interface WireTag {
  readonly id: string;
  readonly name: string;
  readonly color: string | null;
  readonly description: string | null;
  readonly run_count: number;
  readonly archived: boolean;
}
interface TagText {
  readonly color?: string | null | undefined;
  readonly description?: string | null | undefined;
}
type Done = { readonly id: string; readonly status: 'OK' };

/** Tags whose name holds a text, all without one. */
export async function listTags(ports: Ports, caller: Caller, search = ''): Promise<WireTag[]> {
  const projectId = await matyanProject(ports, caller);
  return (await ports.tracked.tags.list(projectId, { search: search.trim() })).map(toWire);
}

/** @throws AppError `name-empty`, `tracked-name-exists`. */
export async function createTag(
  ports: Ports,
  caller: Caller,
  given: TagText & { readonly name: string },
): Promise<Done> {
  const tag = {
    name: givenName(given.name),
    color: given.color?.trim() ?? null,
    description: given.description?.trim() ?? null,
  };
  return { id: await ports.tracked.tags.create(await matyanProject(ports, caller), tag), status: 'OK' };
}

/** @throws AppError `tracked-tag-not-found`. */
export async function getTag(ports: Ports, caller: Caller, id: string): Promise<WireTag> {
  return toWire(await matyanTag(ports, await matyanProject(ports, caller), id));
}

/** @throws AppError `tracked-tag-not-found`, `tracked-name-exists`. */
export async function changeTag(
  ports: Ports,
  caller: Caller,
  id: string,
  change: TagText & { readonly name?: string | null | undefined; readonly archived?: boolean | null | undefined },
): Promise<Done> {
  const name = change.name?.trim();
  await ports.tracked.tags.change(await matyanProject(ports, caller), id, {
    ...(name ? { name } : {}),
    ...(change.color == null ? {} : { color: change.color.trim() }),
    ...(change.description == null ? {} : { description: change.description.trim() }),
    ...(change.archived == null ? {} : { archived: change.archived }),
  });
  return { id, status: 'OK' };
}

/** @throws AppError `tracked-tag-not-found`. */
export async function removeTag(ports: Ports, caller: Caller, id: string): Promise<null> {
  await ports.tracked.tags.remove(await matyanProject(ports, caller), id);
  return null;
}

/** @throws AppError `tracked-tag-not-found`. */
export async function taggedRuns(
  ports: Ports,
  caller: Caller,
  id: string,
): Promise<{ id: string; runs: (WireRun & { readonly experiment: string | null })[] }> {
  const projectId = await matyanProject(ports, caller);
  await matyanTag(ports, projectId, id);
  const ids = await ports.tracked.tags.runsOf(projectId, id);
  const { runs } = ids.length > 0 ? await ports.tracked.runs.list({ projectId, ids, limit: ids.length }) : { runs: [] };
  const groups = new Map((await ports.tracked.groups.list(projectId)).map((group) => [group.id, group.name]));
  return { id, runs: runs.map((run) => ({ ...wireRun(run), experiment: groups.get(run.groupId ?? '') ?? null })) };
}

async function matyanTag({ tracked }: Ports, projectId: number, id: string): Promise<TrackedTag> {
  const [tag] = await tracked.tags.list(projectId, { ids: [id] });
  if (!tag) throw new AppError('tracked-tag-not-found', { id });
  return tag;
}

const toWire = ({ id, name, color, description, runCount, archived }: TrackedTag): WireTag => ({
  id,
  name,
  color,
  description,
  run_count: runCount,
  archived,
});
