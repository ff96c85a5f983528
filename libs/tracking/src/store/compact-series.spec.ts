import { beforeAll, describe, expect, test } from 'vitest';

import { compactSeries } from './compact-series.js';
import { testStore } from './store.fixture.js';
import type { PointColumns, PointRange, TrackedSeries } from './tracked-types.js';

const house = testStore();

/** Reproducible numbers below one. */
function lehmer(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}
const seriesOf = async (runId: number): Promise<TrackedSeries> => (await house.store.series.list([runId]))[0]!;

describe('compaction', () => {
  interface Case {
    readonly id: number;
    readonly runId: number;
    readonly truth: Map<number, number>;
  }
  const random = lehmer(42);
  const cases: Case[] = [];
  const value = (): number =>
    random() < 0.02 ? [Number.NaN, Infinity, -Infinity][Math.floor(random() * 3)]! : random() * 2 - 1;

  async function write(run: { runId: number; truth: Map<number, number> }, xs: readonly number[]): Promise<void> {
    const points = xs.map((x) => ({
      runId: run.runId,
      name: 's',
      x,
      value: value(),
      epoch: x % 3 === 0 ? Math.abs(x) : null,
      ts: new Date(1_700_000_000_000 + x),
    }));
    for (const point of points) run.truth.set(point.x, point.value);
    await house.store.series.append(points);
  }
  const stretch = (from: number, count: number, step = 1): number[] =>
    Array.from({ length: count }, (_, at) => from + at * step);
  const scattered = (below: number, count: number): number[] =>
    Array.from({ length: count }, () => Math.floor(random() * below));

  beforeAll(async () => {
    for (let at = 0; at < 4; at++) {
      const run = { runId: (await house.newRun()).id, truth: new Map<number, number>() };
      await write(run, stretch(0, 40));
      await write(run, stretch(100, 2500, at + 1));
      await write(run, scattered(3000, 30));
      await write(run, stretch(20_000, 100));
      for (let small = 0; small < 5; small++) await write(run, stretch(30_000 + small * 100, 70));
      await write(run, scattered(30_000, 200));
      await write(run, stretch(-50, 20));
      cases.push({ ...run, id: (await seriesOf(run.runId)).id });
    }
  });

  const ranges: PointRange[] = [
    {},
    { fromX: 500, toX: 1500 },
    { fromX: 99, limit: 7 },
    { fromX: 2600, limit: 1200 },
    { toX: -1 },
    { fromX: 1e9 },
    { fromX: 600, toX: 400 },
  ];
  const reads = async ({ id, runId }: Case): Promise<unknown> => ({
    series: await house.store.series.list([runId]),
    read: await Promise.all(ranges.map((range) => house.store.series.read(id, range))),
    sample: await Promise.all(
      [2, 50, 500].map(async (count) => (await house.store.series.sample([id], count)).get(id)),
    ),
    ranged: (await house.store.series.sample([id], 20, { fromX: 450, toX: 1999 })).get(id),
    shape: await Promise.all([2, 100, 1500].map((count) => house.store.series.shape(id, count))),
  });

  test('what is read is what was written', async () => {
    for (const { id, truth } of cases) {
      const { xs, values, epochs, times } = await house.store.series.read(id);
      const sorted = [...truth].sort(([a], [b]) => a - b);
      expect(xs).toEqual(sorted.map(([x]) => x));
      expect(values).toEqual(sorted.map(([, v]) => v));
      expect(epochs).toEqual(xs.map((x) => (x % 3 === 0 ? Math.abs(x) : null)));
      expect(times).toEqual(xs.map((x) => 1_700_000_000_000 + x));
    }
  });

  test('changes no read, and goes on after later writes', async () => {
    for (const one of cases) {
      const before = await reads(one);
      expect(await compactSeries(house.db, one.id)).toBeGreaterThan(0);
      expect(await reads(one)).toEqual(before);
      const [{ n }] = await house.db.query<[{ n: string }]>(
        'SELECT count(*) AS n FROM tracked_point WHERE series_id = $1',
        [one.id],
      );
      expect(n).toBe('0');
      await write(one, [...scattered(35_000, 50), ...stretch(50_000, 10)]);
      const later = await reads(one);
      expect((await house.store.series.read(one.id)).xs).toHaveLength(one.truth.size);
      await compactSeries(house.db, one.id);
      expect(await reads(one)).toEqual(later);
      expect(await compactSeries(house.db, one.id)).toBe(0);
    }
  });

  test('statistics are those of the points', async () => {
    for (const { runId, truth } of cases) {
      const finite = [...truth.values()].filter((v) => Number.isFinite(v));
      const series = await seriesOf(runId);
      expect(series).toMatchObject({
        n: truth.size,
        nonfinite: truth.size - finite.length,
        min: Math.min(...finite),
        max: Math.max(...finite),
      });
      expect(series.sum).toBeCloseTo(
        finite.reduce((sum, v) => sum + v, 0),
        6,
      );
    }
  });
});

describe('a long series', () => {
  let id: number;
  const n = 120_000;
  const peak = 77_777;
  beforeAll(async () => {
    const { id: runId } = await house.newRun();
    const points = Array.from({ length: n }, (_, x) => ({
      runId,
      name: 'long',
      x,
      value: x === peak ? 99 : Math.sin(x / 5000),
      epoch: x === peak ? 5 : null,
      ts: new Date(x),
    }));
    for (let at = 0; at < n; at += 20_000) await house.store.series.append(points.slice(at, at + 20_000));
    for (let x = n; x < n + 30; x++) await house.store.series.append([{ runId, name: 'long', x, value: -50 }]);
    id = (await seriesOf(runId)).id;
  });
  const ends = ({ xs }: PointColumns): unknown[] => [xs[0], xs.at(-1)];

  test.each([2, 20, 60, 1500, 2000])('is shaped to %i points with its ends and its peak', async (count) => {
    const shape = await house.store.series.shape(id, count);
    expect(shape.xs).toHaveLength(count);
    expect(ends(shape)).toEqual([0, n + 29]);
    expect(shape.xs.every((x, at) => at === 0 || x > shape.xs[at - 1]!)).toBe(true);
    for (const [at, x] of shape.xs.entries()) {
      expect(shape.values[at]).toBe(x >= n ? -50 : x === peak ? 99 : Math.sin(x / 5000));
      if (x < n) expect(shape.times[at]).toBe(x);
    }
    if (count > 2) expect([shape.values.includes(99), shape.values.includes(-50)]).toEqual([true, true]);
    if (count > 2) expect(shape.epochs[shape.xs.indexOf(peak)]).toBe(5);
  });

  test('is shaped within a range that begins and ends inside of chunks', async () => {
    const shape = await house.store.series.shape(id, 100, { fromX: 10_500, toX: 99_499 });
    expect(ends(shape)).toEqual([10_500, 99_499]);
    expect(shape.xs).toHaveLength(100);
    expect(shape.values).toContain(99);
  });

  test('is sampled evenly', async () => {
    const sample = (await house.store.series.sample([id], 51)).get(id)!;
    expect(sample.xs).toHaveLength(51);
    expect(ends(sample)).toEqual([0, n + 29]);
    const steps = sample.xs.slice(1).map((x, at) => x - sample.xs[at]!);
    expect(Math.max(...steps) - Math.min(...steps)).toBeLessThanOrEqual(1);
  });
});
