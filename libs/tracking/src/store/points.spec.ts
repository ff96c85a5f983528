import { expect, test } from 'vitest';

import { openTrackingStore } from './open-tracking-store.js';
import { testStore } from './store.fixture.js';
import type { NewPoint, TrackedSeries } from './tracked-types.js';

const house = testStore();

/** Reproducible numbers below one. */
function lehmer(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
const seriesOf = async (runId: number): Promise<TrackedSeries> => (await house.store.series.list([runId]))[0]!;

test('values come back as they were, in the order of x, the last of the same x', async () => {
  const { id: runId } = await house.newRun();
  const point = (x: number | null, value: number, more: Partial<NewPoint> = {}): NewPoint => ({
    runId,
    name: 'loss',
    x,
    value,
    ...more,
  });
  await house.store.series.append([
    point(5, 1),
    point(-3, Number.NaN),
    point(5, 2, { epoch: 7, ts: new Date(1_700_000_000_123) }),
    point(null, Infinity),
    point(null, -Infinity),
    point(2, -0),
  ]);
  const series = await seriesOf(runId);
  const read = await house.store.series.read(series.id);
  expect(read.xs).toEqual([-3, 2, 5, 6, 7]);
  expect(read.values).toEqual([Number.NaN, -0, 2, Infinity, -Infinity]);
  expect(read.epochs).toEqual([null, null, 7, null, null]);
  expect(read.times[2]).toBe(1_700_000_000_123);
  expect(series).toMatchObject({
    n: 5,
    firstX: -3,
    firstValue: Number.NaN,
    lastX: 7,
    lastValue: -Infinity,
    min: -0,
    max: 2,
    sum: 2,
    nonfinite: 3,
  });
});

test('contexts tell series apart, whatever the order of their keys', async () => {
  const { id: runId } = await house.newRun();
  const base = { runId, name: 'acc', x: 0, value: 1 };
  await house.store.series.append([
    { ...base, context: { subset: 'train', k: 1 } },
    { ...base, x: 1, context: { k: 1, subset: 'train' } },
    { ...base, context: { subset: 'train' } },
    base,
  ]);
  const list = await house.store.series.list([runId]);
  expect(list.map(({ context, n }) => [context, n])).toEqual(
    expect.arrayContaining([
      [{ k: 1, subset: 'train' }, 2],
      [{ subset: 'train' }, 1],
      [{}, 1],
    ]),
  );
  expect(list.find(({ context }) => Object.keys(context).length === 1)!.contextId).toBe(2_326_457_826);
  expect(list.find(({ context }) => Object.keys(context).length === 0)!.contextId).toBe(0);
});

test('an overwrite that takes the extremes away is counted anew', async () => {
  const { id: runId } = await house.newRun();
  const write = (x: number, value: number): Promise<void> =>
    house.store.series.append([{ runId, name: 'a', x, value }]);
  for (const [x, value] of [
    [0, -9],
    [1, 5],
    [2, 100],
  ] as const)
    await write(x, value);
  await write(0, 1);
  await write(2, Number.NaN);
  expect(await seriesOf(runId)).toMatchObject({
    n: 3,
    min: 1,
    max: 5,
    sum: 6,
    nonfinite: 1,
    lastValue: Number.NaN,
    firstValue: 1,
  });
  await write(2, 3);
  expect(await seriesOf(runId)).toMatchObject({ n: 3, min: 1, max: 5, sum: 9, nonfinite: 0, lastValue: 3 });
});

test('whoever writes at once, from several processes too, every point counts once and null steps never meet', async () => {
  const { id: runId } = await house.newRun();
  const random = lehmer(7);
  const stores = [house.store, openTrackingStore(house.db, house.storage), openTrackingStore(house.db, house.storage)];
  // Multiples of 1/1024: their sums are exact in whatever order they are added.
  const value = (): number => {
    const parts = Math.floor(random() * 1200);
    return parts < 1024 ? parts / 1024 : [Number.NaN, Infinity, -Infinity][parts % 3]!;
  };
  const writers = Array.from({ length: 9 }, async (_, at) => {
    const { series } = stores[at % 3]!;
    for (let round = 0; round < 12; round++) {
      await series.append([]);
      await series.append(
        Array.from({ length: 30 }, (__, place) => ({
          runId,
          name: `s${place % 3}`,
          x: place % 2 === 0 ? null : Math.floor(random() * 500),
          value: value(),
        })),
      );
    }
  });
  await Promise.all(writers);
  const list = await house.store.series.list([runId]);
  expect(list).toHaveLength(3);
  for (const { id, n: count, min, max, sum, nonfinite, lastX } of list) {
    const { xs, values } = await house.store.series.read(id);
    const finite = values.filter(Number.isFinite);
    expect(xs).toHaveLength(count);
    expect(xs.every((x, at) => at === 0 || x > xs[at - 1]!)).toBe(true);
    expect([min, max, lastX]).toEqual([Math.min(...finite), Math.max(...finite), xs.at(-1)]);
    expect([sum, nonfinite]).toEqual([finite.reduce((all, one) => all + one, 0), values.length - finite.length]);
  }
});

test('points without a step never meet, whoever writes them at once', async () => {
  const { id: runId } = await house.newRun();
  const stores = [house.store, openTrackingStore(house.db, house.storage), openTrackingStore(house.db, house.storage)];
  const writers = Array.from({ length: 9 }, async (_, at) => {
    for (let round = 0; round < 12; round++) {
      const points = Array.from({ length: 10 }, (__, place) => ({ runId, name: 'a', x: null, value: at * 1000 + round * 10 + place })); // prettier-ignore
      await stores[at % 3]!.series.append(points);
    }
  });
  await Promise.all(writers);
  const { id, n: count } = await seriesOf(runId);
  const { xs, values } = await house.store.series.read(id);
  expect(count).toBe(9 * 12 * 10);
  expect(xs).toEqual(Array.from({ length: count }, (_, at) => at));
  expect(new Set(values).size).toBe(count);
});

test('a bad call does not take its neighbours along', async () => {
  const { id: live } = await house.newRun();
  const { id: gone } = await house.newRun();
  await house.store.runs.remove([gone]);
  const append = (points: NewPoint[]): Promise<void> => house.store.series.append(points);
  const good = (at: number): Promise<void> => append([{ runId: live, name: 'good', x: at, value: at }]);
  const outcomes = await Promise.allSettled([
    good(0),
    append([{ runId: gone, name: 'a', x: 0, value: 1 }]),
    append([{ runId: 1_999_998, name: 'a', x: 0, value: 1 }]),
    append([{ runId: live, name: 'x'.repeat(300), x: 0, value: 1 }]),
    append([{ runId: live, name: 'half', x: 0.5, value: 1 }]),
    append([
      { runId: live, name: 'both', x: 0, value: 1 },
      { runId: gone, name: 'both', x: 0, value: 1 },
    ]),
    good(1),
  ]);
  expect(outcomes.map((outcome) => (outcome.status === 'rejected' ? (outcome.reason as { code: string }).code : 'ok'))).toEqual([
    'ok', 'tracked-run-gone', 'tracked-run-not-found', 'tracked-limit-passed', 'tracked-limit-passed', 'tracked-run-gone', 'ok',
  ]); // prettier-ignore
  expect((await house.store.series.list([live])).map(({ name, n }) => [name, n])).toEqual(
    expect.arrayContaining([
      ['good', 2],
      ['both', 1],
    ]),
  );
});

test('a write to a lost run wakes it, before it is acknowledged', async () => {
  const { id: runId } = await house.newRun();
  for (const x of [0, 1]) {
    await house.store.runs.setStatus(runId, 'lost');
    await house.store.series.append([{ runId, name: 'a', x, value: 1 }]);
    expect(await house.store.runs.get(runId)).toMatchObject({ status: 'running', endedAt: null });
  }
});

test('a removed series begins anew', async () => {
  const { id: runId } = await house.newRun();
  const write = (): Promise<void> => house.store.series.append([{ runId, name: 'a', x: null, value: 1 }]);
  await write();
  await house.store.series.remove((await seriesOf(runId)).id);
  expect(await house.store.series.list([runId])).toEqual([]);
  await write();
  expect(await seriesOf(runId)).toMatchObject({ n: 1, lastX: 0 });
  await expect(house.store.series.get(1_999_999)).rejects.toMatchObject({ code: 'tracked-series-not-found' });
  await expect(house.store.series.remove(1_999_999)).rejects.toMatchObject({ code: 'tracked-series-not-found' });
});
