import type { WireNotebook } from '#contract';
import { NotebookEntity } from '#persistence';
import { newToken, tableKey } from '#storage';

import { lockedDataset } from '../dataset/dataset-table.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { wireNotebook } from './wire-notebook.js';

/** The name of a notebook that was given none. */
const UNTITLED = 'Untitled Notebook';

/** Creates a notebook on its own copy of a data set. @throws AppError `dataset-not-found`, `dataset-not-finished`. */
export async function createNotebook(
  ports: Ports,
  given: { dataset_id: number; name?: string | null | undefined; description?: string | null | undefined },
): Promise<WireNotebook> {
  const { db, storage } = ports;
  const token = newToken('notebook');
  const key = tableKey(token);
  const name = given.name?.trim() ?? '';
  try {
    const { id } = await db.transaction(async (tx) => {
      const dataset = await lockedDataset(tx, given.dataset_id, 'read');
      await storage.copy(tableKey(dataset.file_path), key);
      const row = tx.create(NotebookEntity, {
        dataset_id: dataset.id,
        file_path: token,
        table_key: key,
        source_key: key,
        name: name === '' ? UNTITLED : name,
        description: given.description ?? null,
      });
      return tx.save(row);
    });
    return wireNotebook(await rowById(db.manager, NotebookEntity, id, 'notebook-not-found'));
  } catch (error) {
    await storage.remove(key);
    throw error;
  }
}
