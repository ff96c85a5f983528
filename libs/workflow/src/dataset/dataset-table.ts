import type { EntityManager } from 'typeorm';

import type { ColumnTypes } from '#contract';
import { AppError, STATUS } from '#contract';
import { DatasetEntity, NotebookEntity } from '#persistence';
import { tableKey } from '#storage';
import { typesOf } from '#tables';

import type { Ports } from '../ports.js';
import { lockedRow, rowById } from '../rows.js';

/** A data set whose table is there. @throws AppError `dataset-not-found`, `dataset-not-finished`. */
export async function finishedDataset({ db }: Ports, id: number, manager = db.manager): Promise<DatasetEntity> {
  return asFinished(await rowById(manager, DatasetEntity, id, 'dataset-not-found'));
}

/**
 * The same, its table held still until the transaction ends: `read` for a copy, `write` for a change.
 * @throws AppError `dataset-not-found`, `dataset-not-finished`.
 */
export async function lockedDataset(tx: EntityManager, id: number, mode: 'read' | 'write'): Promise<DatasetEntity> {
  return asFinished(await lockedRow(tx, { entity: DatasetEntity, id, missing: 'dataset-not-found' }, mode));
}

function asFinished(row: DatasetEntity): DatasetEntity {
  if (row.status !== STATUS.finished) throw new AppError('dataset-not-finished', { id: row.id });
  return row;
}

/** Local folder of a finished data set's table. @throws AppError `dataset-not-found`, `dataset-not-finished`. */
export async function datasetFolder(ports: Ports, id: number, manager = ports.db.manager): Promise<string> {
  return ports.storage.materialise(tableKey((await finishedDataset(ports, id, manager)).file_path));
}

/** Column types of a finished data set. @throws AppError `dataset-not-found`, `dataset-not-finished`. */
export async function datasetTypes(ports: Ports, id: number, manager = ports.db.manager): Promise<ColumnTypes> {
  return typesOf(await ports.tables.readMeta(await datasetFolder(ports, id, manager)));
}

/**
 * Local folder of the table a path token names; a notebook's token leads to its current table.
 * @throws AppError `path-token-invalid` for anything else, also for a table that is gone.
 */
export async function tokenFolder({ db, storage }: Ports, token: string): Promise<string> {
  const named = tableKey(token);
  const notebook = token.startsWith('notebook-')
    ? await db.manager.findOneBy(NotebookEntity, { file_path: token })
    : null;
  const key = notebook?.table_key ?? named;
  if (!(await storage.exists(key))) throw new AppError('path-token-invalid');
  return storage.materialise(key);
}
