import type { Caller } from '#contract';

import type { Ports } from '../ports.js';
import { givenName } from '../rows.js';
import { matyanRun } from './matyan-project.js';

/** @throws AppError `tracked-run-not-found`, `name-empty`. */
export async function tagMatyanRun(
  ports: Ports,
  caller: Caller,
  hash: string,
  tagName: string,
): Promise<{ id: string; tag_id: string; status: 'OK' }> {
  const name = givenName(tagName);
  const run = await matyanRun(ports, caller, hash);
  return { id: hash, tag_id: await ports.tracked.tags.add(run.id, name), status: 'OK' };
}

/** A tag the run does not have is gone already. @throws AppError `tracked-run-not-found`. */
export async function untagMatyanRun(
  ports: Ports,
  caller: Caller,
  hash: string,
  tagId: string,
): Promise<{ id: string; removed: boolean; status: 'OK' }> {
  const run = await matyanRun(ports, caller, hash);
  const tag = (await ports.tracked.tags.ofRuns([run.id])).get(run.id)?.find(({ id }) => id === tagId);
  if (tag) await ports.tracked.tags.take(run.id, tag.name);
  return { id: hash, removed: tag !== undefined, status: 'OK' };
}
