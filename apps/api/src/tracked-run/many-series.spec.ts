import { expect, it, vi } from 'vitest';

import { apiHouse, told } from '../api.fixture.js';
import { trackedRuns } from './tracked-runs.fixture.js';

const house = apiHouse();
/** Much to write, on a machine that may be busy. */
vi.setConfig({ testTimeout: 120_000 });
const { open, log, run, seriesOf, newExperiment } = trackedRuns(house);

it('a hundred thousand series of one run: ten thousand are taken, the rest refused; the run goes on and is listed', async () => {
  const { id } = await open({ name: 'wide' });
  const statuses: number[] = [];
  for (let from = 0; from < 100_000; from += 10_000) {
    const series = Array.from({ length: 10_000 }, (_none, at) => ({ name: `s${from + at}`, values: [1] }));
    statuses.push((await log(id, ...series)).status);
  }
  expect(statuses).toEqual([200, ...Array.from({ length: 9 }, () => 422)]);
  expect((await log(id, { name: 's0', values: [2] })).status).toBe(200);
  expect(await seriesOf(id)).toHaveLength(10_000);
  expect((await run(id)).status).toBe('running');
  const { body } = await told<{ total: number }>(house, 'GET', '/api/v1/tracked-run/?search=wide');
  expect(body.total).toBe(1);
});

it('a hundred thousand fields of one row of ML-Dash are refused as a whole, and the metric takes rows on', async () => {
  const { id } = await newExperiment('wide rows');
  const path = `/api/experiments/${id}/metrics/m/append-batch`;
  const wide = Object.fromEntries(Array.from({ length: 100_000 }, (_none, at) => [`f${at}`, at]));
  expect((await told(house, 'POST', path, { dataPoints: [{ f: 1 }] })).status).toBe(200);
  const answer = await told<{ code: string }>(house, 'POST', path, { dataPoints: [{ f: 2 }, wide] });
  expect([answer.status, answer.body.code]).toEqual([400, 'tracked-limit-passed']);
  expect((await told(house, 'POST', path, { dataPoints: [{ f: 3 }] })).status).toBe(200);
  const { body } = await told<{ data: { data: object }[] }>(house, 'GET', `/api/experiments/${id}/metrics/m/data`);
  expect(body.data.map(({ data }) => data)).toMatchObject([{ f: 1 }, { f: 3 }]);
});
