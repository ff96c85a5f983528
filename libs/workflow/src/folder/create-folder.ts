import type { WireFolder } from '#contract';
import { FolderEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { givenName, orTaken, toWire } from '../rows.js';

/** @throws AppError `name-empty`, `name-exists`. */
export async function createFolder({ db }: Ports, given: { name: string }): Promise<WireFolder> {
  const name = givenName(given.name);
  return toWire(await orTaken(db.manager.save(db.manager.create(FolderEntity, { name })), 'name-exists', { name }));
}
