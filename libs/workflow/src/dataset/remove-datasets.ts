import { In } from 'typeorm';

import { DatasetEntity, ModelSessionEntity, NotebookEntity, PredictionEntity } from '#persistence';
import { tableKey } from '#storage';

import { cancelJobsOf } from '../job/cancel-jobs-of.js';
import { removeModelSessions } from '../model-session/remove-model-sessions.js';
import { removeNotebooks } from '../notebook/remove-notebooks.js';
import type { Ports } from '../ports.js';
import { removePredictions } from '../prediction/remove-predictions.js';
import { rowById } from '../rows.js';

/** Deletes one data set. @throws AppError `dataset-not-found`. */
export async function removeDataset(ports: Ports, id: number): Promise<null> {
  await rowById(ports.db.manager, DatasetEntity, id, 'dataset-not-found');
  return removeDatasets(ports, [id]);
}

/** Deletes data sets with their notebooks, sessions, runs and predictions, and every file of theirs; unknown ids are skipped. */
export async function removeDatasets(ports: Ports, ids: readonly number[]): Promise<null> {
  const { manager } = ports.db;
  const where = { dataset_id: In([...ids]) };
  await cancelJobsOf(ports, 'dataset', ids);
  const datasets = await manager.find(DatasetEntity, { where: { id: In([...ids]) } });
  await removeNotebooks(
    ports,
    (await manager.find(NotebookEntity, { where })).map(({ id }) => id),
  );
  await removeModelSessions(
    ports,
    (await manager.find(ModelSessionEntity, { where })).map(({ id }) => id),
  );
  await removePredictions(ports, await manager.find(PredictionEntity, { where }));
  await manager.delete(DatasetEntity, { id: In([...ids]) });
  for (const { file_path: token } of datasets) if (token !== '') await ports.storage.remove(tableKey(token));
  return null;
}
