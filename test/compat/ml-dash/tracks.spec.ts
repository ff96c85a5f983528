import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DuckDBInstance } from '@duckdb/node-api';
import { McapIndexedReader } from '@mcap/core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { call, good, newNamespace, open } from './caller.js';

const TOPIC = 'robot/arm';
let data: string;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-tracks-'));
  const { experiment } = await open(newNamespace(), 'p', ['run']);
  const track = `/api/experiments/${experiment.id}/tracks`;
  await good('POST', track, { json: { topic: TOPIC, description: 'an arm', tags: ['t'], metadata: { fps: 10 } } });
  data = `${track}/${encodeURIComponent(TOPIC)}/data`;
  const entries = [
    { timestamp: 3, q: [5, 6], grip: true },
    { timestamp: 1, q: [1, 2], pose: { x: 0.5 } },
    { timestamp: 2, q: [3, 4], note: 'ü' },
  ];
  await good('POST', `${track}/${encodeURIComponent(TOPIC)}/append_batch`, { json: { entries } });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Rows of a Parquet file, as an engine reads it. */
async function rowsOf(bytes: Buffer): Promise<unknown> {
  const path = join(folder, 'track.parquet');
  await writeFile(path, bytes);
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const rows = (await connection.runAndReadAll(`SELECT * FROM '${path}'`)).getRowObjectsJson();
  connection.closeSync();
  return rows;
}

/** Bytes as a reader of MCAP asks for them. */
const readableOf = (bytes: Buffer) => ({
  size: () => Promise.resolve(BigInt(bytes.length)),
  read: (offset: bigint, size: bigint) => Promise.resolve(bytes.subarray(Number(offset), Number(offset + size))),
});

describe('a track, in every format the client asks for', () => {
  const entries = [
    { timestamp: 1, q: [1, 2], 'pose.x': 0.5 },
    { timestamp: 2, q: [3, 4], note: 'ü' },
    { timestamp: 3, q: [5, 6], grip: true },
  ];

  it('as JSON and as lines of it', async () => {
    expect(await good('GET', data)).toEqual({ topic: TOPIC, entries, count: 3 });
    const { bytes } = await call('GET', `${data}?format=jsonl`);
    expect(bytes.toString().trimEnd().split('\n').map((line) => JSON.parse(line) as object)).toEqual(entries); // prettier-ignore
  });

  it('as Parquet: a column for each field, missing where an entry has none', async () => {
    const { status, bytes } = await call('GET', `${data}?format=parquet`);
    expect([status, bytes.subarray(0, 4).toString(), bytes.subarray(-4).toString()]).toEqual([200, 'PAR1', 'PAR1']);
    const none = { 'pose.x': null, note: null, grip: null };
    expect(await rowsOf(bytes)).toEqual(entries.map((entry) => ({ ...none, ...entry })));
  });

  it('as MCAP: one channel of JSON messages by time, with an index', async () => {
    const { status, bytes } = await call('GET', `${data}?format=mcap`);
    expect(status).toBe(200);
    const reader = await McapIndexedReader.Initialize({ readable: readableOf(bytes) });
    expect([...reader.channelsById.values()]).toMatchObject([{ topic: TOPIC, messageEncoding: 'json' }]);
    const read = async (args: object): Promise<object[]> => {
      const messages: object[] = [];
      for await (const { logTime, data: json } of reader.readMessages(args))
        messages.push({
          timestamp: Number(logTime) / 1e9,
          ...(JSON.parse(Buffer.from(json).toString()) as object),
        });
      return messages;
    };
    expect(await read({})).toEqual(entries);
    expect(await read({ startTime: 2_000_000_000n })).toEqual(entries.slice(1));
    const empty = await call('GET', `${data}?format=mcap&start_timestamp=9`);
    expect((await McapIndexedReader.Initialize({ readable: readableOf(empty.bytes) })).statistics?.messageCount).toBe(
      0n,
    );
  });

  it('as frames', async () => {
    const { bytes } = await call('GET', `${data}?format=mocap`);
    expect(JSON.parse(bytes.toString())).toEqual({
      version: '1.0',
      frames: entries.map(({ timestamp, ...fields }) => ({ time: timestamp, ...fields })),
      channels: ['grip', 'note', 'pose.x', 'q'],
      metadata: {
        topic: TOPIC, description: 'an arm', tags: ['t'], fps: 10, duration: 2, frameCount: 3, startTime: 1, endTime: 3,
      },
    }); // prettier-ignore
  });

  it('of a span of time, and of some columns', async () => {
    const part = '&start_timestamp=2&end_timestamp=3&columns=q,grip';
    const { bytes } = await call('GET', `${data}?format=parquet${part}`);
    expect(await rowsOf(bytes)).toEqual([
      { timestamp: 2, q: [3, 4], grip: null },
      { timestamp: 3, q: [5, 6], grip: true },
    ]);
    const empty = await call('GET', `${data}?format=parquet&start_timestamp=9`);
    expect(await rowsOf(empty.bytes)).toEqual([]);
    expect(JSON.parse((await call('GET', `${data}?format=mocap&start_timestamp=9`)).bytes.toString())).toMatchObject({
      frames: [],
      channels: [],
      metadata: { frameCount: 0, duration: 0, startTime: 0, endTime: 0 },
    });
  });
});
