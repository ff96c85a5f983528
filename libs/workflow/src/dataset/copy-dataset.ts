import type { WireDataset } from '#contract';
import { STATUS } from '#contract';
import { DatasetEntity } from '#persistence';
import { newToken, tableKey } from '#storage';

import type { Ports } from '../ports.js';
import { orTaken, rowById } from '../rows.js';
import { lockedDataset } from './dataset-table.js';
import { wireDataset } from './wire-dataset.js';

/** Copies a finished data set to `<name>_copy`. @throws AppError `dataset-not-found`, `dataset-not-finished`, `dataset-name-exists`. */
export async function copyDataset(ports: Ports, { dataset_id: id }: { dataset_id: number }): Promise<WireDataset> {
  const { db, storage } = ports;
  const token = newToken('dataset');
  try {
    const copy = await db.transaction(async (tx) => {
      const source = await lockedDataset(tx, id, 'read');
      const name = `${source.name}_copy`;
      await storage.copy(tableKey(source.file_path), tableKey(token));
      const row = tx.create(DatasetEntity, {
        name,
        file_path: token,
        status: STATUS.finished,
        total_rows: source.total_rows,
        total_columns: source.total_columns,
        folder_id: source.folder_id,
      });
      return orTaken(tx.save(row), 'dataset-name-exists', { name });
    });
    return wireDataset(await rowById(db.manager, DatasetEntity, copy.id, 'dataset-not-found'));
  } catch (error) {
    await storage.remove(tableKey(token));
    throw error;
  }
}
