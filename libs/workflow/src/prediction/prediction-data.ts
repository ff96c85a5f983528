import { AppError, type PredictionData, type PredictionPolicy, type Records, SPLITS, STATUS } from '#contract';
import { DatasetEntity, ModelSessionEntity, type RunEntity } from '#persistence';
import { tableKey } from '#storage';

import { finishedDataset } from '../dataset/dataset-table.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { readSplits, wireSplit } from '../run/run-files.js';

/** Which rows a prediction is about. */
export interface Asked {
  readonly dataset_id: number | null;
  readonly split: string | null;
  readonly rows: Records | null;
  readonly policy: PredictionPolicy | null;
}

/**
 * A run and the rows it is to predict, as a compute task takes them.
 * @throws AppError `run-not-finished`, `dataset-not-found`, `dataset-not-finished`, `split-unknown`, `manual-input-invalid`.
 */
export async function predictionData(ports: Ports, run: RunEntity, asked: Asked): Promise<PredictionData> {
  if (run.status !== STATUS.finished || run.run_path === null) throw new AppError('run-not-finished', { id: run.id });
  const policy = asked.policy ?? undefined;
  return {
    stateKey: run.run_path,
    source: await sourceOf(ports, run, asked),
    ...(policy && { policy }),
    ...(policy?.missing === 'fill' && { training: await trainingOf(ports, run) }),
  };
}

async function sourceOf(
  ports: Ports,
  run: RunEntity,
  { dataset_id: id, split, rows }: Asked,
): Promise<PredictionData['source']> {
  if (id === null) {
    if (!rows?.length) throw new AppError('manual-input-invalid', { reason: 'dataset_id, manual_input_data' });
    return { records: rows };
  }
  const dataset = await finishedDataset(ports, id);
  const session = await rowById(ports.db.manager, ModelSessionEntity, run.model_session_id, 'model-session-not-found');
  const source = { tableKey: tableKey(dataset.file_path), rowIndexes: null };
  // A part is a part of the training data; of any other data set it means nothing, as in the reference.
  if (split === null || split === 'all' || dataset.id !== session.dataset_id) return source;
  const part = SPLITS.find((name) => name === split || wireSplit(name) === split);
  if (part === undefined)
    throw new AppError('split-unknown', { split, known: ['all', ...SPLITS.map(wireSplit)].join(', ') });
  return { ...source, rowIndexes: (await readSplits(ports.storage, run))[`${part}_indexes`] };
}

async function trainingOf({ db, storage }: Ports, run: RunEntity): Promise<NonNullable<PredictionData['training']>> {
  const session = await rowById(db.manager, ModelSessionEntity, run.model_session_id, 'model-session-not-found');
  const dataset = await rowById(db.manager, DatasetEntity, session.dataset_id, 'dataset-not-found');
  const { train_indexes: rowIndexes } = await readSplits(storage, run);
  return { tableKey: tableKey(dataset.file_path), rowIndexes };
}
