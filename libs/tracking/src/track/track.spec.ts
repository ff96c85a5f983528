import { expect, test } from 'vitest';

import { testStore } from '../store/store.fixture.js';
import { appendEntries, readEntries, type TrackEntry } from './track-entries.js';
import { countTracks, findTrack, listTracks, openTrack } from './tracked-track.js';

const house = testStore();

async function entries(id: number, range = {}): Promise<TrackEntry[]> {
  const all: TrackEntry[] = [];
  for await (const page of readEntries(house.db, id, range)) all.push(...page);
  return all;
}

test('a track is opened once, and its words stay until others come', async () => {
  const { id: runId } = await house.newRun();
  const opened = await Promise.all(
    Array.from({ length: 6 }, () => openTrack(house.db, { runId, topic: 'robot/pose' })),
  );
  expect(new Set(opened.map(({ id }) => id)).size).toBe(1);
  await openTrack(house.db, { runId, topic: 'robot/pose', tags: ['a'], description: 'd' });
  expect(await openTrack(house.db, { runId, topic: 'robot/pose' })).toMatchObject({
    tags: ['a'],
    description: 'd',
    n: 0,
  });
  await openTrack(house.db, { runId, topic: 'camera' });
  expect((await listTracks(house.db, runId)).map(({ topic }) => topic)).toEqual(['camera', 'robot/pose']);
  expect((await listTracks(house.db, runId, '^robot/.*$')).map(({ topic }) => topic)).toEqual(['robot/pose']);
  expect(await countTracks(house.db, [runId])).toEqual(new Map([[runId, 2]]));
});

test('entries of one time are one, also when a batch is sent again or by several at once', async () => {
  const { id: runId } = await house.newRun();
  const track = { runId, topic: 't' };
  const batch = [
    { ts: 2, data: { x: 1 } },
    { ts: 1, data: { x: 0, list: [1, 2] } },
    { ts: 2, data: { y: 5 } },
  ];
  await Promise.all([1, 2, 3].map(() => appendEntries(house.db, track, batch)));
  await appendEntries(house.db, track, [{ ts: 0.5, data: { x: 9 } }, { ts: 2, data: { x: 3 } }]); // prettier-ignore
  const found = (await findTrack(house.db, runId, 't'))!;
  expect(found).toMatchObject({ n: 3, firstTs: 0.5, lastTs: 2, columns: ['x', 'list', 'y'] });
  expect(await entries(found.id)).toEqual([
    { ts: 0.5, data: { x: 9 } },
    { ts: 1, data: { x: 0, list: [1, 2] } },
    { ts: 2, data: { x: 3, y: 5 } },
  ]);
  expect(await entries(found.id, { from: 0.6, to: 1 })).toHaveLength(1);
});

test('more entries than a page are read in order', async () => {
  const { id: runId } = await house.newRun();
  const batch = Array.from({ length: 5000 }, (_none, i) => ({ ts: 5000 - i, data: { i } }));
  await appendEntries(house.db, { runId, topic: 'long' }, batch);
  const { id } = (await findTrack(house.db, runId, 'long'))!;
  const all = await entries(id);
  expect(all).toHaveLength(5000);
  expect(all.every(({ ts }, at) => ts === at + 1)).toBe(true);
});

test('a track of too many fields is refused, and nothing of the batch stays', async () => {
  const { id: runId } = await house.newRun();
  const wide = Object.fromEntries(Array.from({ length: 2001 }, (_none, i) => [`f${i}`, i]));
  await expect(appendEntries(house.db, { runId, topic: 'wide' }, [{ ts: 1, data: wide }])).rejects.toMatchObject({
    code: 'tracked-limit-passed',
  });
  expect(await findTrack(house.db, runId, 'wide')).toBeUndefined();
});
