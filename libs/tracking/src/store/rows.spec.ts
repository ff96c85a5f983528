import { expect, test } from 'vitest';

import { compactSeries } from './compact-series.js';
import { openTrackingStore } from './open-tracking-store.js';
import { testStore } from './store.fixture.js';
import type { TrackedRow } from './tracked-types.js';

const house = testStore();
const data = (rows: readonly TrackedRow[]): unknown[] => rows.map((row) => row.data);

test('rows come back as they were, numbers and all else', async () => {
  const { id: runId } = await house.newRun();
  const evil = JSON.parse('{"__proto__": 5, "constructor": "c", "_ts": 3}') as Record<string, unknown>;
  const rows = [
    { loss: 0.5, step: 1, _ts: 1_700_000_000.123_456 },
    { note: 'x', on: true, none: null, list: [1, { a: 2 }], nested: { a: { b: 1.5 }, s: 's' }, _ts: 1 },
    { loss: Number.NaN, step: -Infinity, _ts: 2 },
    evil,
    { _ts: 4 },
  ];
  const landed = await house.store.rows.append({ runId, metric: 'train', rows, description: 'd' });
  expect(landed).toMatchObject({ startIndex: 0, count: 5, total: 5 });
  const read = await house.store.rows.read(landed.metricId, { from: 0, limit: 100 });
  expect(data(read)).toEqual(rows);
  expect(read.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4]);
  expect(Object.getPrototypeOf(read[3]!.data)).toBe(Object.prototype);
  expect(data(await house.store.rows.read(landed.metricId, { from: 1, limit: 2 }))).toEqual(rows.slice(1, 3));
  expect(await house.store.rows.read(landed.metricId, { from: 5, limit: 2 })).toEqual([]);
  const series = await house.store.series.list([runId]);
  expect(series.map(({ name, n, field }) => [name, n, field])).toEqual(
    expect.arrayContaining([
      ['train/loss', 2, 'loss'],
      ['train/step', 2, 'step'],
      ['train/nested.a.b', 1, null],
      ['train/__proto__', 1, '__proto__'],
    ]),
  );
});

test('names that read alike keep to themselves', async () => {
  const { id: runId } = await house.newRun();
  const append = (metric: string, row: Record<string, unknown>): Promise<{ metricId: number }> =>
    house.store.rows.append({ runId, metric, rows: [row] });
  const one = await append('a', { 'b/c': 1 });
  const two = await append('a/b', { c: 2 });
  const unnamed = await append('', { 'a/b/c': 3, a: { b: 4 } });
  await append('', { 'a.b': 5 });
  await house.store.series.append([{ runId, name: 'a/b/c', x: 0, value: 6 }]);
  const first = async ({ metricId }: { metricId: number }): Promise<unknown> =>
    (await house.store.rows.read(metricId, { from: 0, limit: 1 }))[0]!.data;
  expect([await first(one), await first(two), await first(unnamed)]).toMatchObject([
    { 'b/c': 1 },
    { c: 2 },
    { 'a/b/c': 3, a: { b: 4 } },
  ]);
  expect(data(await house.store.rows.read(unnamed.metricId, { from: 1, limit: 1 }))).toMatchObject([{ 'a.b': 5 }]);
  expect(
    (await house.store.series.list([runId]))
      .filter(({ name }) => name === 'a/b/c')
      .map(({ lastValue }) => lastValue)
      .sort(),
  ).toEqual([1, 2, 3, 6]);
});

test('a batch sent again, also at once and by another process, is there once', async () => {
  const { id: runId } = await house.newRun();
  const other = openTrackingStore(house.db, house.storage);
  const rows = [
    { v: 1, _ts: 10.5 },
    { v: Number.NaN, _ts: 11 },
  ];
  const first = await house.store.rows.append({ runId, metric: 'm', rows: [{ v: 0, _ts: 1 }] });
  const again = await Promise.all(
    [house.store, other, house.store, other].map((store) => store.rows.append({ runId, metric: 'm', rows })),
  );
  expect(again.map(({ startIndex, count }) => [startIndex, count])).toEqual(Array.from({ length: 4 }, () => [1, 2]));
  expect(data(await house.store.rows.read(first.metricId, { from: 0, limit: 10 }))).toEqual([
    { v: 0, _ts: 1 },
    ...rows,
  ]);
  await house.store.rows.append({ runId, metric: 'other', rows });
  for (let time = 0; time < 2; time++) await house.store.rows.append({ runId, metric: 'timeless', rows: [{ v: 1 }] });
  expect(
    Object.fromEntries((await house.store.rows.metrics([runId])).map(({ name, nextIndex }) => [name, nextIndex])),
  ).toEqual({ m: 3, other: 2, timeless: 2 });
});

test('whoever appends at once, every row has a place of its own', async () => {
  const { id: runId } = await house.newRun();
  const stores = [house.store, openTrackingStore(house.db, house.storage)];
  const landed = await Promise.all(
    Array.from({ length: 24 }, (_, at) =>
      stores[at % 2]!.rows.append({
        runId,
        metric: `m${at % 3}`,
        rows: Array.from({ length: 7 }, (__, row) => ({ at, row, _ts: at * 100 + row })),
      }),
    ),
  );
  for (const { metricId, startIndex, count } of landed) {
    const rows = await house.store.rows.read(metricId, { from: startIndex, limit: count });
    expect(rows.map((row) => row.data['row'])).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(new Set(rows.map((row) => row.data['at'])).size).toBe(1);
  }
  expect((await house.store.rows.metrics([runId])).map(({ nextIndex }) => nextIndex)).toEqual([56, 56, 56]);
});

test('compaction changes no row', async () => {
  const { id: runId } = await house.newRun();
  const rows = Array.from({ length: 900 }, (_, at) => ({
    loss: at / 7,
    ...(at % 5 === 0 ? { note: `n${at}` } : {}),
    _ts: at + 0.25,
  }));
  let metricId = 0;
  for (let at = 0; at < 900; at += 50)
    ({ metricId } = await house.store.rows.append({ runId, metric: '', rows: rows.slice(at, at + 50) }));
  for (const { id } of await house.store.series.list([runId])) await compactSeries(house.db, id);
  expect(data(await house.store.rows.read(metricId, { from: 0, limit: 1000 }))).toEqual(rows);
});

test('a batch that cannot be stored leaves nothing behind', async () => {
  const { id: runId } = await house.newRun();
  const code = (name: string): object => ({ code: name });
  const append = (rows: Record<string, unknown>[], metric = 'm'): Promise<unknown> =>
    house.store.rows.append({ runId, metric, rows });
  const good = append([{ v: 1 }]);
  for (const [field, bad] of [
    ['rows.1._ts', [{ v: 1 }, { _ts: 'now' }]],
    ['rows.0.field', [{ ['f'.repeat(300)]: 1 }]],
    ['rows.1.fields', [{ v: 1 }, { note: 'x'.repeat(2_000_000) }]],
  ] as const)
    await expect(append([...bad])).rejects.toMatchObject({ ...code('tracked-limit-passed'), values: { field } });
  const unstorable = { ...code('text-unstorable'), values: { field: 'rows.1.fields.note', character: 'U+0000' } };
  await expect(append([{ v: 1 }, { note: '\0' }])).rejects.toMatchObject(unstorable);
  await expect(append([{ v: 1 }], 'm'.repeat(300))).rejects.toMatchObject(code('tracked-limit-passed'));
  await good;
  expect((await house.store.rows.metrics([runId])).map(({ name, nextIndex }) => [name, nextIndex])).toEqual([['m', 1]]);
  await house.store.runs.remove([runId]);
  await expect(append([{ v: 1 }])).rejects.toMatchObject(code('tracked-run-gone'));
  expect(await house.store.rows.find(runId, 'none')).toBeUndefined();
});
