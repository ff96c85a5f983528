import { expect, test } from 'vitest';

import { testStore } from './store.fixture.js';
import type { NewPoint } from './tracked-types.js';

const house = testStore();
const LIMIT = 10_000;
const refused = { code: 'tracked-limit-passed', values: { field: 'series', limit: LIMIT } };

/** A run with all the series it may have, `s0` and on, each of one point. */
async function fullRun(): Promise<number> {
  const { id } = await house.newRun();
  const names = Array.from({ length: LIMIT }, (_none, at) => `s${at}`);
  await house.store.series.appendColumns(id, names.map((name) => ({ name, values: [1] }))); // prettier-ignore
  return id;
}
const counts = async (runId: number): Promise<[all: number, first: number | undefined]> => {
  const list = await house.store.series.list([runId]);
  return [list.length, list.find(({ name }) => name === 's0')?.n];
};

test('a run has ten thousand series; one more is refused by name, with all that came with it, and the others go on', async () => {
  const runId = await fullRun();
  expect(await counts(runId)).toEqual([LIMIT, 1]);
  const point = (name: string): NewPoint => ({ runId, name, x: null, value: 2 });
  const { series, objects, rows } = house.store;
  for (const write of [
    () => series.append([point('s0'), point('one more')]),
    () => series.append([{ ...point('s0'), context: { subset: 'val' } }]),
    () => series.append(Array.from({ length: 10_001 }, (_none, at) => point(`more ${at}`))),
    () => series.appendColumns(runId, [{ name: 's0', values: [2] }, { name: 'one more', values: [2] }]), // prettier-ignore
    () => objects.put([{ runId, kind: 'image', name: 'i', x: 0, meta: {} }]),
    () => rows.append({ runId, metric: 'm', rows: [{ loss: 1 }] }),
  ]) {
    await expect(write()).rejects.toMatchObject(refused);
    expect(await counts(runId)).toEqual([LIMIT, 1]);
  }
  await series.append([point('s0'), point('s9999')]);
  expect(await counts(runId)).toEqual([LIMIT, 2]);
  const { id: other } = await house.newRun();
  await series.append([{ ...point('a'), runId: other }]);
  expect(await house.store.rows.metrics([runId])).toEqual([]);
});

test('who writes beside a full run is not refused with it', async () => {
  const runId = await fullRun();
  const { id: other } = await house.newRun();
  const write = (of: number, name: string): Promise<void> =>
    house.store.series.append([{ runId: of, name, x: null, value: 1 }]);
  // Of one lane each: written in one transaction.
  const outcomes = await Promise.allSettled([write(runId, 's0'), write(runId, 'one more'), write(runId, 's1'), write(other, 'a')]); // prettier-ignore
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
});
