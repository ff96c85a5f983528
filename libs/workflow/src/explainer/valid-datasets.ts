import type { AnswerOf, ColumnTypes, localExplainerRoutes } from '#contract';
import { AppError, STATUS } from '#contract';
import { DatasetEntity, ModelSessionEntity, RunEntity } from '#persistence';
import { tableKey } from '#storage';
import { typesOf } from '#tables';

import { datasetTypes } from '../dataset/dataset-table.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';

/** Semantic types by column of what a run learnt from, inputs and outputs. */
async function trainedTypes(ports: Ports, runId: number): Promise<Record<string, string>> {
  const { manager } = ports.db;
  const run = await rowById(manager, RunEntity, runId, 'run-not-found');
  const session = await rowById(manager, ModelSessionEntity, run.model_session_id, 'model-session-not-found');
  const types = await datasetTypes(ports, session.dataset_id);
  const names = [...session.input_columns, ...session.output_columns];
  return Object.fromEntries(names.map((name) => [name, types[name]?.type ?? '']));
}

const missingFrom = (expected: Record<string, string>, types: ColumnTypes): string[] =>
  Object.keys(expected).filter((name) => !Object.hasOwn(types, name));
const mismatches = (expected: Record<string, string>, types: ColumnTypes): [string, string][] =>
  Object.entries(expected).filter(([name, type]) => types[name]?.type !== type);

/**
 * Whether a data set can be explained with a run: what is missing, or else what has another type.
 * @throws AppError `run-not-found`, `dataset-not-found`, `dataset-not-finished`.
 */
export async function validateDataset(
  ports: Ports,
  { run_id, dataset_id }: { run_id: number; dataset_id: number },
): Promise<AnswerOf<typeof localExplainerRoutes.validateDataset>> {
  const expected = await trainedTypes(ports, run_id);
  const types = await datasetTypes(ports, dataset_id);
  const missing = missingFrom(expected, types);
  if (missing.length > 0) return { dataset_status: 'invalid', missing_columns: missing };
  const different = mismatches(expected, types);
  if (different.length === 0) return { dataset_status: 'valid' };
  const differences = different.map(([name, type]) => [name, { expected: type, got: types[name]!.type }] as const);
  return { dataset_status: 'invalid', type_mismatches: Object.fromEntries(differences) };
}

/** Ids of the finished data sets a run can explain; those that cannot be read are left out. @throws AppError `run-not-found`. */
export async function validDatasets(
  ports: Ports,
  { run_id }: { run_id: number },
): Promise<{ valid_dataset_ids: number[] }> {
  const expected = await trainedTypes(ports, run_id);
  const where = { status: STATUS.finished };
  const finished = await ports.db.manager.find(DatasetEntity, { where, order: { id: 'ASC' } });
  const valid: number[] = [];
  for (const { id, file_path: token } of finished) {
    const types = await typesIn(ports, token);
    if (types && missingFrom(expected, types).length + mismatches(expected, types).length === 0) valid.push(id);
  }
  return { valid_dataset_ids: valid };
}

/** Types of a table; of one that was deleted since its row was read, none. */
async function typesIn({ storage, tables }: Ports, token: string): Promise<ColumnTypes | null> {
  try {
    return typesOf(await tables.readMeta(await storage.materialise(tableKey(token))));
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return null;
    throw error;
  }
}
