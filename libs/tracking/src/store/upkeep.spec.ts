import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';

import { expect, test } from 'vitest';

import { testStore } from './store.fixture.js';

const house = testStore();
const age = (table: string, column: string, by: string, where = 'true'): Promise<unknown> =>
  house.db.query(`UPDATE ${table} SET ${column} = now() - interval '${by}' WHERE ${where}`);
const status = async (id: number): Promise<string> => (await house.store.runs.get(id)).status;

test('a silent run with a socket is lost; others only when their project says so', async () => {
  const { projects, runs, upkeep } = house.store;
  const { id: projectId } = await projects.open('ada', 'silent');
  const open = async (source: 'matyan' | 'ml-dash', name: string): Promise<number> =>
    (await runs.open({ projectId, source, name })).run.id;
  const [socket, rest, fresh, done] = [
    await open('matyan', 'a'),
    await open('ml-dash', 'b'),
    await open('matyan', 'c'),
    await open('matyan', 'd'),
  ];
  await runs.setStatus(done, 'completed');
  await age('tracked_run', 'started_at', '1 hour');
  await age('tracked_run', 'last_seen', '31 minutes', `id IN (${socket}, ${rest}, ${done})`);
  expect(await upkeep.sweepLost()).toBe(1);
  expect(await Promise.all([socket, rest, fresh, done].map(status))).toEqual([
    'lost',
    'running',
    'running',
    'completed',
  ]);
  const { endedAt, lastSeen } = await runs.get(socket);
  expect(endedAt).toEqual(lastSeen);
  await projects.change(projectId, { lostMinutes: { 'ml-dash': 10, matyan: 600 } });
  await house.store.series.append([{ runId: socket, name: 'a', x: 0, value: 1 }]);
  await age('tracked_run', 'last_seen', '31 minutes', `id = ${socket}`);
  expect(await upkeep.sweepLost()).toBe(1);
  expect(await Promise.all([socket, rest].map(status))).toEqual(['running', 'lost']);
});

test('whatever its client writes wakes a lost run', async () => {
  const { series, rows, logs, objects, params, files } = house.store;
  const { id: runId, projectId } = await house.newRun();
  const line = { ts: new Date(), level: 20, message: 'm' };
  const stored = { key: 'blobs/none', sha256: 'ab'.repeat(32), sizeBytes: 1, contentType: 'a/b' };
  const { id: blobId } = await objects.addBlob({ projectId, ...stored });
  const writes: Record<string, () => Promise<unknown>> = {
    points: () => series.append([{ runId, name: 'a', x: null, value: 1 }]),
    columns: () => series.appendColumns(runId, [{ name: 'a', values: [1] }]),
    rows: () => rows.append({ runId, metric: 'm', rows: [{ v: 1 }] }),
    line: () => logs.append(runId, 0, [line], { batch: 'b' }),
    'the same line again': () => logs.append(runId, 0, [line], { batch: 'b' }),
    'a line with a key': () => logs.append(runId, 1, [{ ...line, key: 'k' }]),
    'that line again': () => logs.append(runId, 1, [{ ...line, key: 'k' }]),
    object: () => objects.put([{ runId, kind: 'image', name: 'i', x: 0, meta: {} }]),
    'some parameters': () => params.merge(runId, { a: 1 }),
    parameters: () => params.replace(runId, [], { a: 1 }),
    'a file to come': () => files.announce(runId, 'a.txt'),
    file: () => files.attach(runId, 'a.txt', blobId),
  };
  for (const [what, write] of Object.entries(writes)) {
    await house.store.runs.setStatus(runId, 'lost');
    await age('tracked_run', 'last_seen', '31 minutes', `id = ${runId}`);
    await write();
    const { endedAt, lastSeen, status: now } = await house.store.runs.get(runId);
    expect([what, now, endedAt, Date.now() - lastSeen.getTime() < 1_800_000]).toEqual([what, 'running', null, true]);
  }
});

test('series at rest are folded, running ones only when they have many rows', async () => {
  const { series, runs, upkeep } = house.store;
  const [running, done] = [await house.newRun(), await house.newRun()];
  for (const { id: runId } of [running, done])
    for (let x = 0; x < 60; x += 30)
      await series.append(Array.from({ length: 30 }, (_, at) => ({ runId, name: 'a', x: x + at, value: at })));
  await runs.setStatus(done.id, 'completed');
  expect(await upkeep.compact(10)).toBe(0);
  await age('tracked_run', 'last_seen', '11 minutes');
  expect(await upkeep.compact(10)).toBe(1);
  expect(await upkeep.compact(10)).toBe(0);
  const rows = await house.db.query<{ run_id: number }[]>('SELECT DISTINCT run_id FROM tracked_point JOIN tracked_series ON id = series_id WHERE run_id = ANY($1)', [[running.id, done.id]]); // prettier-ignore
  expect(rows).toEqual([{ run_id: running.id }]);
});

test('a deleted run is taken away with all that is its own, and its bytes a day later', async () => {
  const { series, logs, objects, rows, params, runs, upkeep } = house.store;
  const { id: runId, projectId, extId } = await house.newRun();
  const key = `blobs/${randomUUID()}`;
  const { sha256, sizeBytes } = await house.storage.write(key, Readable.from([Buffer.from('bytes')]));
  const { id: blobId } = await objects.addBlob({ projectId, key, sha256, sizeBytes, contentType: 'a/b' });
  await objects.put([{ runId, kind: 'image', name: 'i', x: 0, meta: {}, blobId }]);
  await series.append(Array.from({ length: 200 }, (_, x) => ({ runId, name: 'a', x: x % 150, value: x })));
  await series.append([{ runId, name: 'a', x: 3, value: 1 }]);
  await rows.append({ runId, metric: 'm', rows: [{ v: 1, note: 'n', _ts: 1 }] });
  for (const stream of [0, 1] as const) await logs.append(runId, stream, [{ ts: new Date(), level: 20, message: 'm' }]);
  await params.merge(runId, { a: 1 });
  await runs.setTags(runId, ['t']);
  await age('tracked_blob', 'created', '2 days');
  expect(await upkeep.sweepBlobs()).toBe(0);
  await runs.remove([runId]);
  expect(await upkeep.purge(10)).toBe(0);
  await age('tracked_run', 'deleted_at', '2 minutes', `id = ${runId}`);
  expect(await upkeep.purge(10)).toBe(1);
  expect(await upkeep.sweepBlobs()).toBe(1);
  expect(await house.storage.exists(key)).toBe(false);
  const left = await house.db.query<{ n: string }[]>(
    `SELECT (SELECT count(*) FROM tracked_point WHERE series_id NOT IN (SELECT id FROM tracked_series))
       + (SELECT count(*) FROM tracked_log WHERE run_id = $1) + (SELECT count(*) FROM tracked_series WHERE run_id = $1)
       + (SELECT count(*) FROM tracked_param WHERE run_id = $1) + (SELECT count(*) FROM tracked_metric WHERE run_id = $1) AS n`,
    [runId],
  );
  expect(left).toEqual([{ n: '0' }]);
  expect(await runs.isGone(projectId, extId)).toBe(true);
  await expect(series.append([{ runId, name: 'a', x: 0, value: 1 }])).rejects.toMatchObject({
    code: 'tracked-run-not-found',
  });
  await age('tracked_tombstone', 'at', '8 days');
  await age('tracked_append_seen', 'at', '2 days');
  expect(await upkeep.sweepRest()).toBeGreaterThan(0);
  expect(await runs.isGone(projectId, extId)).toBe(false);
});
