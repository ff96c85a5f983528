import { afterAll, beforeAll, expect, test } from 'vitest';

import { STATUS } from '#contract';
import { testDatabase } from '#testing';

import type { Ports } from '../ports.js';
import { cancelJob } from './cancel-job.js';
import { cancelUnbegun } from './cancel-unbegun.js';
import type { JobHandler, JobHandlers } from './job-handler.js';
import { type TestHouse, testHouse } from './jobs.fixture.js';
import { submitJob } from './submit-job.js';

let house: TestHouse;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await testDatabase({ migrated: true });
  house = await testHouse({ databaseUrl: database.url, redisUrl: undefined });
  drop = database.drop;
});
afterAll(async () => {
  await house.close();
  await drop();
});

/** The house's ports with a handler that undoes what is told. */
function portsWith(change: Partial<JobHandler<'DatasetJob'>>): Ports {
  const changed = { ...house.ports.handlers.DatasetJob, settle: undefined, ...change };
  return { ...house.ports, handlers: new Proxy({}, { get: (): unknown => changed }) as JobHandlers };
}
const submit = async (ports: Ports): Promise<{ dataset: number; id: string }> => {
  const dataset = await house.newDataset();
  const { id } = await submitJob(ports, { type: 'DatasetJob', kwargs: { dataset_id: dataset } });
  return { dataset, id };
};

test.each([
  ['without anything to undo', {}],
  [
    'with something to undo only once it began',
    { settle: () => Promise.reject(new Error('asked')), settlesBegun: true },
  ],
] as const)('a job %s ends with its row by one statement, once', async (_, change) => {
  const ports = portsWith(change);
  const { dataset, id } = await submit(ports);
  expect(await Promise.all([cancelUnbegun(ports, id), cancelUnbegun(ports, id)])).toEqual(
    expect.arrayContaining([true, false]),
  );
  expect(await house.job(id)).toMatchObject({
    state: 'cancelled',
    attempt: 0,
    error: { code: 'cancelled', values: {} },
  });
  expect(await house.dataset(dataset)).toMatchObject({ status: STATUS.error, huey_id: id });
});

test('one that has more to undo, has begun or is none is left alone', async () => {
  const settled: string[] = [];
  const ports = portsWith({ settle: (_tx, job) => Promise.resolve(void settled.push(job.id)) });
  const { id } = await submit(ports);
  expect(await cancelUnbegun(ports, id)).toBe(false);
  expect(await house.job(id)).toMatchObject({ state: 'not_started' });
  await cancelJob(ports, id);
  expect(settled).toEqual([id]);
  expect(await house.job(id)).toMatchObject({ state: 'cancelled' });

  const plain = portsWith({});
  const begun = await submit(plain);
  await ports.db.query(`UPDATE job SET state = 'started', attempt = 1 WHERE id = $1`, [begun.id]);
  await ports.db.query(`UPDATE job SET state = 'not_started' WHERE id = $1`, [begun.id]);
  expect(await cancelUnbegun(plain, begun.id)).toBe(false);
  expect(await house.dataset(begun.dataset)).toMatchObject({ status: STATUS.delivered });
  await cancelJob(plain, begun.id);
  expect(await house.job(begun.id)).toMatchObject({ state: 'cancelled', attempt: 1 });
  expect(await cancelUnbegun(plain, '00000000-0000-4000-8000-000000000009')).toBe(false);
});
