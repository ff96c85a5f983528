import { AppError, STATUS } from '#contract';
import { DatasetEntity, ModelSessionEntity, RunEntity } from '#persistence';
import { tableKey } from '#storage';

import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';

/** Ids of finished data sets that have every input column of the run. @throws AppError `run-not-found`. */
export async function filterDatasets(
  ports: Ports,
  { run_id: id }: { run_id: number },
): Promise<{ valid_dataset_ids: number[] }> {
  const { manager } = ports.db;
  const run = await rowById(manager, RunEntity, id, 'run-not-found');
  const session = await rowById(manager, ModelSessionEntity, run.model_session_id, 'model-session-not-found');
  const finished = await manager.find(DatasetEntity, { where: { status: STATUS.finished }, order: { id: 'ASC' } });
  const valid: number[] = [];
  for (const { id: dataset, file_path: token } of finished) {
    const columns = await columnsOf(ports, token);
    if (session.input_columns.every((column) => columns.has(column))) valid.push(dataset);
  }
  return { valid_dataset_ids: valid };
}

/** Names of a table's columns; of one that was deleted since its row was read, none. */
async function columnsOf({ storage, tables }: Ports, token: string): Promise<ReadonlySet<string>> {
  try {
    const { columns } = await tables.readMeta(await storage.materialise(tableKey(token)));
    return new Set(columns.map(({ name }) => name));
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return new Set();
    throw error;
  }
}
