import type { WireFolder } from '#contract';
import { FolderEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { changeRow, givenName, orTaken, toWire } from '../rows.js';

/** @throws AppError `folder-not-found`, `name-empty`, `name-exists`. */
export async function renameFolder({ db }: Ports, id: number, given: { name: string }): Promise<WireFolder> {
  const name = givenName(given.name);
  const folder = { entity: FolderEntity, id, missing: 'folder-not-found' } as const;
  return toWire(
    await orTaken(
      changeRow(db, folder, () => ({ name })),
      'name-exists',
      { name },
    ),
  );
}
