import type { WireFolder } from '#contract';
import { FolderEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { toWire } from '../rows.js';

/** All folders by name. */
export async function listFolders({ db }: Ports): Promise<WireFolder[]> {
  return (await db.manager.find(FolderEntity, { order: { name: 'ASC' } })).map(toWire);
}
