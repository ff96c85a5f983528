import { expect, test } from 'vitest';

import { openDatabase } from '#persistence';

import { openTrackingStore } from './open-tracking-store.js';
import { testStore } from './store.fixture.js';
import type { NewLogLine, NewPoint } from './tracked-types.js';

const house = testStore();
const values = async (runId: number): Promise<number[]> => {
  const { series } = house.store;
  const [own] = await series.list([runId]);
  return own ? (await series.read(own.id)).values : [];
};
const messages = async (runId: number): Promise<string[]> =>
  (await house.store.logs.read(runId, { stream: 1, limit: 100 })).lines.map(({ message }) => message);

test('what comes again under its key is there once; without a key it is another', async () => {
  const { id: runId } = await house.newRun();
  const { series, logs, objects } = house.store;
  const point = (value: number, key?: string): NewPoint => ({ runId, name: 'loss', x: null, value, ...(key ? { key } : {}) }); // prettier-ignore
  const line = (message: string, key?: string): NewLogLine => ({ ts: new Date(0), level: 20, message, ...(key ? { key } : {}) }); // prettier-ignore
  for (let time = 0; time < 2; time++) {
    await series.append([point(1, 'p1'), point(2, 'p2'), point(time)]);
    await logs.append(runId, 1, [line('a', 'l1'), line('b')]);
    await objects.put(
      [0, 1].map((index) => ({ runId, kind: 'text', name: 'said', x: null, index, meta: {}, key: 'o1' })),
    );
  }
  await series.append([point(2, 'p2'), point(3, 'p3')]);
  await logs.append(runId, 1, [line('a', 'l1'), line('c', 'l2')]);
  expect(await values(runId)).toEqual([1, 2, 0, 1, 3]);
  expect(await messages(runId)).toEqual(['a', 'b', 'b', 'c']);
  const said = (await series.list([runId])).find(({ name }) => name === 'said');
  expect(await objects.read(said!.id, {})).toHaveLength(2);
  // A key is one run's own.
  const { id: other } = await house.newRun();
  await series.append([{ ...point(9, 'p1'), runId: other }]);
  expect(await values(other)).toEqual([9]);
});

test('many at once, of two programs, store it once', async () => {
  const { id: runId } = await house.newRun();
  const db = await openDatabase(house.url, { poolSize: 4 });
  const second = openTrackingStore(db, house.storage);
  const keys = Array.from({ length: 20 }, (_none, at) => `k${at}`);
  const points = keys.map((key, value): NewPoint => ({ runId, name: 'loss', x: null, value, key }));
  const lines = keys.map((key): NewLogLine => ({ ts: new Date(0), level: 20, message: key, key: `line ${key}` }));
  await Promise.all(
    [house.store, second, house.store, second].flatMap((store, at) => [
      store.series.append(at % 2 ? points : [...points].reverse()),
      store.logs.append(runId, 1, at % 2 ? lines : [...lines].reverse()),
    ]),
  );
  await second.close();
  await db.destroy();
  expect((await values(runId)).sort((a, b) => a - b)).toEqual(keys.map((_key, value) => value));
  expect((await messages(runId)).sort()).toEqual([...keys].sort());
});

test('what was never committed is remembered by nobody', async () => {
  const { id: runId } = await house.newRun();
  const point: NewPoint = { runId, name: 'loss', x: null, value: 1, key: 'k' };
  const killed = house.db.transaction(async (tx) => {
    await house.store.series.append([point], tx);
    expect(await house.store.runs.isNew(runId, 'k', tx)).toBe(false);
    throw new Error('killed');
  });
  await expect(killed).rejects.toThrow('killed');
  await house.store.series.append([point]);
  await house.store.series.append([point]);
  expect(await values(runId)).toEqual([1]);
});

test('for a day: what comes again under its key before the sweep that follows is known, after it new', async () => {
  const { id: runId } = await house.newRun();
  const { series, rows, logs, upkeep } = house.store;
  const point: NewPoint = { runId, name: 'loss', x: null, value: 1, key: 'k' };
  const line: NewLogLine = { ts: new Date(0), level: 20, message: 'batch' };
  const send = async (): Promise<void> => {
    await series.append([point]);
    await rows.append({ runId, metric: 'm', rows: [{ v: 1, _ts: 5 }] });
    await logs.append(runId, 1, [line], { batch: 'b' });
  };
  const stored = async (): Promise<unknown> => {
    const metric = (await rows.find(runId, 'm'))!;
    return [(await values(runId)).length, metric.nextIndex, (await messages(runId)).length];
  };
  const age = (by: string): Promise<unknown> =>
    house.db.query(`UPDATE tracked_append_seen SET at = now() - $2::interval WHERE run_id = $1`, [runId, by]);
  await send();
  await age('23 hours');
  await upkeep.sweepRest();
  await send();
  expect(await stored()).toEqual([1, 1, 1]);
  await age('25 hours');
  await upkeep.sweepRest();
  await send();
  expect(await stored()).toEqual([2, 2, 2]);
});
