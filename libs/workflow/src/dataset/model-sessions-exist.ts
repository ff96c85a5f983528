import { ModelSessionEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { finishedDataset } from './dataset-table.js';

/** Whether a session uses this data set. @throws AppError `dataset-not-found`, `dataset-not-finished`. */
export async function modelSessionsExist(ports: Ports, id: number): Promise<boolean> {
  await finishedDataset(ports, id);
  return ports.db.manager.existsBy(ModelSessionEntity, { dataset_id: id });
}
