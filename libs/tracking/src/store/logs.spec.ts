import { expect, test } from 'vitest';

import { testStore } from './store.fixture.js';
import type { LogQuery, NewLogLine } from './tracked-types.js';

const house = testStore();
const line = (message: string, more: Partial<NewLogLine> = {}): NewLogLine => ({
  ts: new Date(1000),
  level: 20,
  message,
  ...more,
});
const read = async (runId: number, query: Partial<LogQuery> = {}): Promise<string[]> =>
  (await house.store.logs.read(runId, { stream: 1, limit: 100, ...query })).lines.map(
    ({ seq, message }) => `${seq} ${message}`,
  );

test('lines get places in order, each stream its own', async () => {
  const { id } = await house.newRun();
  const { logs } = house.store;
  expect(await logs.append(id, 1, [line('a'), line('b')])).toEqual({ start: 0, end: 1 });
  expect(await logs.append(id, 0, [line('t')])).toEqual({ start: 0, end: 0 });
  expect(await logs.append(id, 1, [line('c')])).toEqual({ start: 2, end: 2 });
  expect(await read(id)).toEqual(['0 a', '1 b', '2 c']);
  expect(await read(id, { stream: 0 })).toEqual(['0 t']);
  expect(await logs.count([id, 1_999_999], 1)).toEqual(
    new Map([
      [id, 3],
      [1_999_999, 0],
    ]),
  );
});

test('a line told its place overwrites what is there, and the next one follows the highest', async () => {
  const { id } = await house.newRun();
  const { logs } = house.store;
  await logs.append(id, 0, [line('five', { seq: 5 }), line('two', { seq: 2 }), line('FIVE', { seq: 5 })]);
  await logs.append(id, 0, [line('two again', { seq: 2 }), line('next')]);
  expect(await read(id, { stream: 0 })).toEqual(['2 two again', '5 FIVE', '6 next']);
});

test('a batch sent again is there once; without a name of its own it is another', async () => {
  const { id } = await house.newRun();
  const { logs } = house.store;
  for (let time = 0; time < 3; time++)
    expect(await logs.append(id, 1, [line('a'), line('b')], { batch: 'k' })).toEqual({ start: 0, end: 1 });
  await Promise.all(Array.from({ length: 4 }, () => logs.append(id, 1, [line('x')], { batch: 'at once' })));
  await logs.append(id, 1, [line('a'), line('b')]);
  expect(await read(id)).toEqual(['0 a', '1 b', '2 x', '3 a', '4 b']);
});

test('reads filter by level, time, text and place', async () => {
  const { id } = await house.newRun();
  await house.store.logs.append(
    id,
    1,
    ['Alpha', 'beta', '100%', 'gamma'].map((message, at) =>
      line(message, { level: 10 * (at + 1), ts: new Date(1000 * (4 - at)), meta: { at } }),
    ),
  );
  expect(await read(id, { levels: [20, 40] })).toEqual(['1 beta', '3 gamma']);
  expect(await read(id, { search: 'ALPHA' })).toEqual(['0 Alpha']);
  expect(await read(id, { search: '%' })).toEqual(['2 100%']);
  expect(await read(id, { orderBy: 'ts' })).toEqual(['3 gamma', '2 100%', '1 beta', '0 Alpha']);
  expect(await read(id, { from: new Date(2000), to: new Date(3000) })).toEqual(['1 beta', '2 100%']);
  expect(await read(id, { fromSeq: 1, toSeq: 2, descending: true })).toEqual(['2 100%', '1 beta']);
  const page = await house.store.logs.read(id, { stream: 1, limit: 2, offset: 1 });
  expect([page.lines.map(({ meta }) => meta), page.hasMore]).toEqual([[{ at: 1 }, { at: 2 }], true]);
  expect((await house.store.logs.read(id, { stream: 1, limit: 2, offset: 2 })).hasMore).toBe(false);
});

test('what a terminal prints is stored, cut where it is too long', async () => {
  const { id } = await house.newRun();
  await house.store.logs.append(id, 0, [line('nul \0 half \uD800'), line('é'.repeat(40_000), { meta: { own: 1 } })]);
  const { lines } = await house.store.logs.read(id, { stream: 0, limit: 2 });
  expect(lines[0]!.message).toBe('nul \uFFFD half \uFFFD');
  expect(lines[1]!.message).toBe('é'.repeat(32_768));
  expect(lines[1]!.meta).toEqual({ own: 1, truncated: true });
});

test('a lost run wakes, a deleted one refuses', async () => {
  const { id } = await house.newRun();
  await house.store.runs.setStatus(id, 'lost');
  await house.store.logs.append(id, 1, [line('a')]);
  expect((await house.store.runs.get(id)).status).toBe('running');
  await house.store.runs.remove([id]);
  await expect(house.store.logs.append(id, 1, [line('a')])).rejects.toMatchObject({ code: 'tracked-run-gone' });
  await expect(house.store.logs.append(1_999_999, 1, [line('a')])).rejects.toMatchObject({
    code: 'tracked-run-not-found',
  });
});
