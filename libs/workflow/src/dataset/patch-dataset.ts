import type { WireDataset } from '#contract';
import { DatasetEntity, FolderEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { changeRow, givenName, orTaken, rowById } from '../rows.js';
import { wireDataset } from './wire-dataset.js';

/** Renames a data set or moves it; `folder_id` null takes it out of its folder. @throws AppError `dataset-not-found`, `folder-not-found`, `dataset-name-empty`, `dataset-name-exists`. */
export async function patchDataset(
  { db }: Ports,
  id: number,
  change: { name?: string | undefined; folder_id?: number | null | undefined },
): Promise<WireDataset> {
  const { folder_id: folder } = change;
  const dataset = { entity: DatasetEntity, id, missing: 'dataset-not-found' } as const;
  const changed = changeRow(db, dataset, async (_row, tx) => {
    if (folder != null) await rowById(tx, FolderEntity, folder, 'folder-not-found');
    return {
      ...(change.name === undefined ? {} : { name: givenName(change.name, 'dataset-name-empty') }),
      ...(folder === undefined ? {} : { folder_id: folder }),
    };
  });
  return wireDataset(await orTaken(changed, 'dataset-name-exists', { name: change.name?.trim() ?? '' }));
}
