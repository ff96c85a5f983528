import type { WireDataset } from '#contract';
import { DatasetEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { givenName, orTaken, rowById } from '../rows.js';
import { wireDataset } from './wire-dataset.js';

/** Creates an empty data set that a DatasetJob fills. @throws AppError `dataset-name-empty`, `dataset-name-exists`. */
export async function createDataset({ db }: Ports, given: { name: string }): Promise<WireDataset> {
  const name = givenName(given.name, 'dataset-name-empty');
  const { id } = await orTaken(db.manager.save(db.manager.create(DatasetEntity, { name })), 'dataset-name-exists', {
    name,
  });
  return wireDataset(await rowById(db.manager, DatasetEntity, id, 'dataset-not-found'));
}
