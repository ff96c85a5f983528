import type { WireDataset } from '#contract';
import { DatasetEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { wireDataset } from './wire-dataset.js';

/** All data sets, oldest first. `task` names the task of a bundled example; there are none. */
export async function listDatasets({ db }: Ports): Promise<(WireDataset & { task: string | null })[]> {
  const rows = await db.manager.find(DatasetEntity, { order: { id: 'ASC' } });
  return rows.map((row) => ({ ...wireDataset(row), task: null }));
}
