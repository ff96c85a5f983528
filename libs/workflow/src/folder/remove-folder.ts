import { FolderEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';

/** Deletes a folder; its data sets stay. @throws AppError `folder-not-found`. */
export async function removeFolder({ db }: Ports, id: number): Promise<null> {
  await db.manager.remove(await rowById(db.manager, FolderEntity, id, 'folder-not-found'));
  return null;
}
