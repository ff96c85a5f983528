import { expect, vi } from 'vitest';

import type { WireDataset } from '#contract';

import { type ApiHouse, formOf, told } from '../api.fixture.js';

/** A data set of this CSV, once a worker of the house has loaded it. */
export async function loadedDataset(house: ApiHouse, name: string, csv: string): Promise<WireDataset> {
  const { body } = await told<WireDataset>(
    house,
    'POST',
    '/api/v1/dataset/',
    formOf({ name }, new Blob([csv]), 'data.csv'),
  );
  const at = `/api/v1/dataset/${body.id}`;
  await vi.waitFor(async () => expect((await told(house, 'GET', at)).body).toMatchObject({ status: 3 }), {
    timeout: 20_000,
    interval: 20,
  });
  return (await told<WireDataset>(house, 'GET', at)).body;
}
