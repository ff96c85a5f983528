import type { WireDataset } from '#contract';
import { DatasetEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { wireDataset } from './wire-dataset.js';

/** @throws AppError `dataset-not-found`. */
export async function getDataset({ db }: Ports, id: number): Promise<WireDataset> {
  return wireDataset(await rowById(db.manager, DatasetEntity, id, 'dataset-not-found'));
}
