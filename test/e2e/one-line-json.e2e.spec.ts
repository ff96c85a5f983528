import { createWriteStream, openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';

import { type RunningMillrace, startMillrace } from '#testing';

import { Caller, SENTENCE } from './caller.js';
import { WatchedHouse } from './watched-house.js';

const MB = 1e6;
/** `npm run accept` gives 500. */
const SIZE_MB = Number(process.env['ONE_LINE_MB'] ?? 10);
const PIECE_BYTES = 64 * 2 ** 20;
/** A file that is to go past what is held of one record cannot be smaller. */
const LARGE_MB = Math.max(SIZE_MB, 70);
const JSON_TOO_LARGE = { code: 'format-too-large', values: { format: 'JSON', limitBytes: PIECE_BYTES } };

/** Ends only what hangs; minutes at 500 MB on a machine that is busy otherwise. */
const PATIENCE_MS = 900_000;

let millrace: RunningMillrace;
let house: WatchedHouse;
let api: Caller;
let folder: string;
beforeAll(async () => {
  millrace = await startMillrace({ backend: 'postgres' });
  house = new WatchedHouse(millrace);
  api = new Caller(millrace.url);
  folder = await mkdtemp(join(tmpdir(), 'millrace-one-line-'));
  await api.dataset('the first', 'a,b\n1,2\n');
});
afterAll(async () => {
  await (house as WatchedHouse | undefined)?.close();
  await (millrace as RunningMillrace | undefined)?.stop();
  await rm(folder, { recursive: true, force: true });
});
afterEach(() => house.isTidy());

/** Writes `head`, what `body` makes until the size is reached, and `tail`, without a line end. */
async function written(
  head: string,
  body: (at: number) => string,
  tail: string | Buffer,
  sizeMb = SIZE_MB,
): Promise<Blob> {
  const path = join(folder, 'data.json');
  await pipeline(function* () {
    yield head;
    let batch = '';
    let bytes = head.length;
    for (let at = 0; bytes < sizeMb * MB; at++) {
      const piece = body(at);
      bytes += piece.length;
      batch += piece;
      if (batch.length < 2 ** 20) continue;
      yield batch;
      batch = '';
    }
    yield batch;
    yield tail;
  }, createWriteStream(path));
  return openAsBlob(path);
}

/** About 100 bytes: five million of them are 500 MB. */
const RECORD_BYTES = 100;
const record = (at: number): string => {
  const text = `{"id":${at},"price":${at / 4},"sold":${at % 2 === 0},"city":"city ${at % 50}","note":"`;
  return `${text}${'x'.repeat(RECORD_BYTES - text.length - 2)}"}`;
};
const listed = (at: number): string => (at === 0 ? record(at) : `,${record(at)}`);
const [letters, numbers, blanks] = ['x', ',1', ' '].map((text) => text.repeat(2 ** 15)) as [string, string, string];

/** The file's way through preview and job: what each says, and what it cost. */
async function load(name: string, content: Blob, key: string | null = null) {
  const params = { dataloader: 'JSONDataLoader', data_key: key };
  const before = await house.diskBytes();
  const cpu = await house.cpuSeconds();
  let looked = 0;
  let jobId = '';
  const { id: datasetId } = await api.ok<{ id: number }>('POST', '/dataset/', { name });
  const grown = await house.growth(async () => {
    const form = new FormData();
    form.set('params', JSON.stringify(params));
    form.set('file', content, 'data.json');
    ({ status: looked } = await api.call<object>('POST', '/dataset/preview_with_types', form));
    jobId = await api.submit('DatasetJob', { dataset_id: datasetId, params }, { name: 'data.json', content });
    await api.end(jobId, PATIENCE_MS);
  });
  const { status, error } = await api.end(jobId);
  await house.isTidy();
  const left = (await house.diskBytes()) - before;
  const problem = await house.problemOf(jobId);
  const computeBytes = grown.workersBytes + grown.childrenBytes;
  const [apiMb, computeMb, leftMb] = [grown.apiBytes, computeBytes, left].map((bytes) => Math.round(bytes / MB));
  const seconds = Math.round((await house.cpuSeconds()) - cpu);
  process.stdout.write(
    `${Math.round(content.size / MB)} MB, ${name}: ${problem?.code ?? status}; ${seconds} CPU s, API +${apiMb} MB, worker +${computeMb} MB, disk +${leftMb} MB\n`,
  );
  expect(grown.apiBytes).toBeLessThan(200 * MB);
  expect(computeBytes).toBeLessThan(1500 * MB);
  return { datasetId, before, looked, status, error, code: problem?.code, values: problem?.values, left };
}

it(
  'a list of small records is a table, to its last row',
  async () => {
    const end = await load('a list of records', await written('[', listed, ']'));
    expect(end).toMatchObject({ looked: 200, status: 'finished' });
    const { total_rows: rows, file_path: path } = await api.ok<{ total_rows: number; file_path: string }>(
      'GET',
      `/dataset/${end.datasetId}`,
    );
    expect(rows).toBe(Math.ceil((SIZE_MB * MB - 1) / (RECORD_BYTES + 1)));
    const page = await api.ok<{ rows: object[] }>('GET', `/dataset/file/?path=${path}&page=${rows - 1}&page_size=1`);
    // Truth values are words in a table.
    const { sold, ...values } = JSON.parse(record(rows - 1)) as { sold: boolean };
    expect(page.rows).toEqual([expect.objectContaining({ ...values, sold: sold ? 'True' : 'False' })]);
    await api.ok('DELETE', `/dataset/${end.datasetId}`);
    // Its copy by rows may be in the making.
    const timing = { timeout: PATIENCE_MS, interval: 500 };
    await vi.waitFor(async () => expect(await house.diskBytes()).toBeLessThanOrEqual(end.before), timing);
  },
  PATIENCE_MS,
);

const text = ['{"a":"', () => letters, '"}'] as const;
it.each<[string, Parameters<typeof written>, object, string?]>([
  ['one object of one text', [...text, LARGE_MB], JSON_TOO_LARGE],
  ['one object without the key', [...text], { code: 'records-not-found', values: { key: 'data' } }, 'data'],
  ['a list without an end', ['[', listed, ''], { code: 'file-damaged', values: { format: 'JSON' } }],
  ['a list of numbers', ['[0', () => numbers, ']'], { code: 'record-wrong', values: { record: 1 } }],
  ['nothing but blanks', ['', () => blanks, ''], { code: 'file-empty' }],
  [
    'a byte of another encoding at the end',
    ['[', listed, Buffer.from(',{"note":"\xe9"}]', 'latin1')],
    { code: 'file-encoding-wrong', values: { line: 1 } },
  ],
  // Refused as the first is; without the programs around it the reader refuses the like in every run of the tests.
  ...(SIZE_MB < LARGE_MB
    ? []
    : ([
        ['one record of one text', ['[{"a":1},{"a":"', () => letters, '"}]'], JSON_TOO_LARGE],
        ['a text without an end', ['[{"a":1},{"a":"', () => letters, ''], JSON_TOO_LARGE],
        ['one object of one column', ['{"a":[0', () => numbers, ']}'], JSON_TOO_LARGE],
        ['objects without anything between', ['', record, ''], JSON_TOO_LARGE],
      ] satisfies [string, Parameters<typeof written>, object][])),
])(
  '%s is refused with advice',
  async (name, content, problem, key) => {
    const end = await load(name, await written(...content), key);
    expect(end).toMatchObject({ status: 'error', ...problem, left: 0 });
    expect(end.error).toMatch(SENTENCE);
    expect([200, 422]).toContain(end.looked);
  },
  PATIENCE_MS,
);
