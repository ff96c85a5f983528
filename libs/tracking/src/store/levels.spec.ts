import { beforeAll, describe, expect, test } from 'vitest';

import { compactSeries } from './compact-series.js';
import { minMaxLttb } from './min-max-lttb.js';
import { sketchOf, joinedSketch, addSketch } from './sketch.js';
import { PointList, type Points } from './points.js';
import { testStore } from './store.fixture.js';

const house = testStore();

/** Reproducible numbers below one. */
function lehmer(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

const random = lehmer(7);
/** A curve with noise, holes of no numbers, and single ones. */
const curve = (n: number): Points => {
  const values = Array.from({ length: n }, (_, x) => {
    if (x % 50_000 > 45_000) return Number.NaN;
    return random() < 0.001 ? Infinity : Math.sin(x / 20_000) + random() / 10;
  });
  return { xs: values.map((_, x) => x), values, ts: values.map(() => 5), epochs: values.map(() => null) };
};
const finite = (values: readonly number[]): number[] => values.filter((value) => Number.isFinite(value));
const least = (values: readonly number[]): number => finite(values).reduce((a, b) => Math.min(a, b), Infinity);
const greatest = (values: readonly number[]): number => finite(values).reduce((a, b) => Math.max(a, b), -Infinity);

describe('sketches', () => {
  test('of sketches have the ends and the extremes of every part of the points', () => {
    const points = curve(48_000);
    const cut = (from: number, to: number): Points => ({
      xs: points.xs.slice(from, to),
      values: points.values.slice(from, to),
      ts: points.ts.slice(from, to),
      epochs: points.epochs.slice(from, to),
    });
    const parts = [100, 1100, 20_000, 20_001, 48_000].map((to, at, ends) => {
      const part = cut(ends[at - 1] ?? 0, to);
      return { n: part.xs.length, sketch: sketchOf(part, 10) };
    });
    const list = new PointList();
    addSketch(list, joinedSketch(parts, 32));
    expect([list.xs[0], list.xs.at(-1)]).toEqual([0, 47_999]);
    expect([least(list.values), greatest(list.values)]).toEqual([least(points.values), greatest(points.values)]);
    for (const [at, x] of list.xs.entries()) expect(list.values[at]).toBe(points.values[x]);
    expect(list.xs.every((x, at) => at === 0 || x > list.xs[at - 1]!)).toBe(true);
    expect(list.values.some((value) => Number.isNaN(value))).toBe(true);
  });
});

describe('a series with levels', () => {
  const n = 600_000;
  const truth = curve(n);
  let id: number;
  let runId: number;
  const nodes = (): Promise<{ level: number; count: number; points: number }[]> =>
    house.db.query(
      'SELECT level, count(*)::int AS count, sum(n)::float8 AS points FROM tracked_level WHERE series_id = $1 GROUP BY 1 ORDER BY 1',
      [id],
    );
  beforeAll(async () => {
    runId = (await house.newRun()).id;
    for (let at = 0; at < n; at += 20_000)
      await house.store.series.appendColumns(runId, [
        { name: 's', xs: truth.xs.slice(at, at + 20_000), values: truth.values.slice(at, at + 20_000) },
      ]);
    id = (await house.store.series.list([runId]))[0]!.id;
  });

  /** Every answered point is one that was written; ends, extremes and holes are those of the plain computation. */
  const check = async (from: number, to: number, count: number): Promise<void> => {
    const shape = await house.store.series.shape(id, count, { fromX: from, toX: to });
    const own = truth.values.slice(from, to + 1);
    expect(shape.xs.length).toBeLessThanOrEqual(count);
    expect(shape.xs.length).toBeGreaterThan(count * 0.8);
    expect([shape.xs[0], shape.xs.at(-1)]).toEqual([from, to]);
    expect(shape.xs.every((x, at) => at === 0 || x > shape.xs[at - 1]!)).toBe(true);
    for (const [at, x] of shape.xs.entries()) expect(shape.values[at]).toBe(truth.values[x]);
    expect(least(shape.values)).toBe(least(own));
    expect(greatest(shape.values)).toBe(greatest(own));
    const plain = minMaxLttb({ xs: truth.xs.slice(from, to + 1), values: own, ts: own, epochs: [] }, count);
    const hole = Math.floor((from + to) / 2 / 50_000) * 50_000 + 45_001;
    const inside = ({ xs, values }: Pick<Points, 'xs' | 'values'>): boolean =>
      xs.some((x, at) => x >= hole && x < hole + 4999 && Number.isNaN(values[at]!));
    if (hole > from && hole + 4999 < to) expect([inside(plain), inside(shape)]).toEqual([true, true]);
    expect(faults(shape, from, own)).toBeLessThan(faults(plain, from, own) * 1.5 + 0.02);
  };
  /** How far the extremes shown lie from the real ones in the mean, over a hundred stretches; one that is not shown counts as 1. */
  const faults = ({ xs, values }: Pick<Points, 'xs' | 'values'>, from: number, own: readonly number[]): number => {
    const width = Math.ceil(own.length / 100);
    let sum = 0;
    for (let at = 0; at < own.length; at += width) {
      const real = own.slice(at, at + width);
      if (finite(real).length < width / 2) continue;
      const shown = values.filter((_, place) => xs[place]! >= from + at && xs[place]! < from + at + width);
      sum += finite(shown).length === 0 ? 1 : greatest(real) - greatest(shown) + least(shown) - least(real);
    }
    return sum / 100;
  };
  const looks: [number, number, number][] = [
    [0, n - 1, 500],
    [0, n - 1, 2000],
    [12_345, 543_210, 1000],
    [300_500, 599_000, 700],
    [100_001, 160_000, 300],
  ];

  test('has nodes over all its chunks', async () => {
    const all = await nodes();
    expect(all.slice(0, 3).map(({ count }) => count)).toEqual([150, 37, 9]);
    expect(all[0]!.points).toBe(n);
  });

  test.each(looks)('from %i to %i is shown by %i points as the plain computation would', check);

  test('reads sketches alone, as many as it answers points', async () => {
    const touched = async (count: number): Promise<number> => {
      const before = await house.db.query<[{ n: string }]>(`SELECT sum(n) AS n FROM tracked_level WHERE series_id = $1`, [id]); // prettier-ignore
      expect(Number(before[0].n)).toBeGreaterThan(0);
      await house.db.query(`UPDATE tracked_chunk SET vals = '{}' WHERE series_id = $1 AND first_x BETWEEN 1000 AND 590000`, [id]); // prettier-ignore
      const shape = await house.store.series.shape(id, count);
      return shape.xs.length;
    };
    const kept = await house.db.query<{ first_x: string; vals: number[] }[]>(
      'SELECT first_x, vals FROM tracked_chunk WHERE series_id = $1',
      [id],
    );
    expect(await touched(1000)).toBe(1000);
    for (const { first_x: x, vals } of kept)
      await house.db.query('UPDATE tracked_chunk SET vals = $3 WHERE series_id = $1 AND first_x = $2', [id, x, vals]);
  });

  test('keeps its nodes true when points in it are overwritten and folded', async () => {
    const again = [...Array.from({ length: 300 }, (_, at) => 200_100 + at), 31, 477_777];
    for (const x of again) (truth.values as number[])[x] = x === 477_777 ? 9 : -3 - x / 1e6;
    await house.store.series.appendColumns(runId, [{ name: 's', xs: again, values: again.map((x) => truth.values[x]!) }]); // prettier-ignore
    expect(await compactSeries(house.db, id)).toBe(again.length);
    const all = await nodes();
    expect(all[0]!.points).toBe(n);
    for (const [from, to, count] of looks) await check(from, to, count);
    const page = await house.store.series.read(id, { fromX: 199_000, limit: 30_000 });
    expect(page.values).toEqual(truth.values.slice(199_000, 229_000));
  });

  test('gets nodes from the upkeep when it has none', async () => {
    await house.db.query('DELETE FROM tracked_level WHERE series_id = $1', [id]);
    await check(0, n - 1, 500);
    while ((await house.store.upkeep.compact(50)) === 50);
    expect((await nodes())[0]!.points).toBe(n);
  });
});
