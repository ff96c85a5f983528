import { In } from 'typeorm';

import { ConverterEntity, ExplorerEntity, NotebookEntity } from '#persistence';

import { cancelJobsOf } from '../job/cancel-jobs-of.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';

/** Deletes one notebook. @throws AppError `notebook-not-found`. */
export async function removeNotebook(ports: Ports, id: number): Promise<null> {
  await rowById(ports.db.manager, NotebookEntity, id, 'notebook-not-found');
  return removeNotebooks(ports, [id]);
}

/** Deletes notebooks with their steps and tables; unknown ids are skipped. */
export async function removeNotebooks(ports: Ports, ids: readonly number[]): Promise<null> {
  const { manager } = ports.db;
  const where = { notebook_id: In([...ids]) };
  const converters = await manager.find(ConverterEntity, { where });
  const explorers = await manager.find(ExplorerEntity, { where, select: { id: true } });
  await cancelJobsOf(
    ports,
    'converter',
    converters.map(({ id }) => id),
  );
  await cancelJobsOf(
    ports,
    'explorer',
    explorers.map(({ id }) => id),
  );
  const notebooks = await manager.find(NotebookEntity, { where: { id: In([...ids]) } });
  await manager.delete(NotebookEntity, { id: In([...ids]) });
  for (const key of [...notebooks.map((row) => row.source_key), ...converters.map((row) => row.table_key)]) {
    if (key !== null) await ports.storage.remove(key);
  }
  return null;
}
