import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { DataSource } from 'typeorm';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { openDatabase } from '#persistence';
import { DiskStorage, newToken, tableKey, type TokenKind } from '#storage';
import { testDatabase } from '#testing';

import type { Ports } from '../ports.js';
import { attemptToken } from './attempt-token.js';
import { silent } from './jobs.fixture.js';
import { sweepEngines, sweepTables } from './sweep-files.js';

let root: string;
let db: DataSource;
let ports: Ports;
const closing: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'millrace-sweep-'));
  const database = await testDatabase({ migrated: true });
  db = await openDatabase(database.url, { poolSize: 2 });
  ports = { storage: new DiskStorage(root), db, log: silent } as unknown as Ports;
  closing.push(
    () => db.destroy(),
    database.drop,
    () => rm(root, { recursive: true, force: true }),
  );
});
afterAll(async () => {
  for (const close of closing) await close();
});

const HOUR_MS = 3_600_000;
/** A table on the disk, written long ago unless it is `young`. */
const table = async (token: string, { young = false } = {}): Promise<string> => {
  const folder = join(root, 'tables', token);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'data.parquet'), 'x');
  for (const path of [join(folder, 'data.parquet'), folder]) if (!young) await utimes(path, 0, 0);
  return token;
};
const old = (kind: TokenKind): Promise<string> => table(newToken(kind));
const insert = async (sql: string, values: unknown[]): Promise<number> =>
  (await db.query<[{ id: number }]>(`${sql} RETURNING id`, values))[0].id;

test('only old tables that no row and no live job knows are removed', async () => {
  const owned = {
    dataset: await old('dataset'),
    copy: await old('notebook'),
    now: await old('rows'),
    step: await old('rows'),
    prediction: await old('prediction'),
    rows: await old('dataset'),
    inJson: await old('dataset'),
  };
  const dataset = await insert('INSERT INTO dataset (name, file_path) VALUES ($1, $2)', ['d', owned.dataset]);
  const notebook = await insert(
    `INSERT INTO notebook (dataset_id, file_path, source_key, table_key, name) VALUES ($1, $2, $3, $4, 'n')`,
    [dataset, owned.copy, tableKey(owned.copy), tableKey(owned.now)],
  );
  await db.query(
    `INSERT INTO converter (notebook_id, converter, parameters, table_key) VALUES ($1, 'c', '{}', $2), ($1, 'c', $3, NULL)`,
    [notebook, tableKey(owned.step), JSON.stringify({ from: [owned.inJson] })],
  );
  const session = await insert(
    `INSERT INTO model_session (dataset_id, name, task_name, input_columns, output_columns, train_metrics, validation_metrics,
       test_metrics, evaluation_strategy, splits) VALUES ($1, 's', 't', '[]', '[]', '[]', '[]', '[]', 'e', '{}')`,
    [dataset],
  );
  const run = await insert(
    `INSERT INTO run (model_session_id, model_name, name, parameters, optimizer_name, optimizer_parameters, goal_metric)
     VALUES ($1, 'm', 'r', '{}', '', '{}', 'Accuracy')`,
    [session],
  );
  await db.query('INSERT INTO prediction (run_id, results_path) VALUES ($1, $2)', [run, owned.prediction]);
  await db.query(
    `INSERT INTO local_explainer (run_id, explainer_name, parameters, dataset_id, fit_parameters, scope, input_dataset_path)
     VALUES ($1, 'e', '{}', $2, '{}', '{}', $3)`,
    [run, dataset, owned.rows],
  );
  const job = async (state: string): Promise<string> => {
    const id = randomUUID();
    await db.query(
      `INSERT INTO job (id, type, queue, priority, kwargs, name, max_attempts, enqueued_at, last_update)
       VALUES ($1, 'ConverterJob', 'compute', 10, '{}', 'j', 3, now(), now())`,
      [id],
    );
    for (const attempt of [1, 2]) {
      await db.query(`UPDATE job SET state = 'started', attempt = $2 WHERE id = $1`, [id, attempt]);
    }
    if (state !== 'started') await db.query('UPDATE job SET state = $2 WHERE id = $1', [id, state]);
    return id;
  };
  const [running, killed] = [await job('started'), await job('killed')];
  const made = (id: string, attempt: number): Promise<string> => table(attemptToken('rows', { id, attempt }));
  const kept = [...Object.values(owned), await made(running, 1), await made(running, 2)];
  kept.push(await table(newToken('dataset'), { young: true }));
  await mkdir(join(root, 'tables', 'not-one-of-ours'), { recursive: true });
  await utimes(join(root, 'tables', 'not-one-of-ours'), 0, 0);
  const gone = [await old('dataset'), await old('notebook'), await made(killed, 2), await made(running, 3)];
  expect((await sweepTables(ports, HOUR_MS)).toSorted()).toEqual(gone.toSorted());
  expect((await readdir(join(root, 'tables'))).toSorted()).toEqual([...kept, 'not-one-of-ours'].toSorted());
  expect(await sweepTables(ports, HOUR_MS)).toEqual([]);
});

test('while the rows cannot be read nothing is removed', async () => {
  const token = await old('dataset');
  const away = { ...ports, db: { query: () => Promise.reject(new Error('away')) } } as unknown as Ports;
  await expect(sweepTables(away, HOUR_MS)).rejects.toThrow('away');
  expect(await ports.storage.exists(tableKey(token))).toBe(true);
});

test('what the engine of a silent program spilled goes at the second look', async () => {
  const partial = join(root, 'partial');
  for (const name of ['engine-live', 'engine-gone', 'engine-wakes', 'tables~x~y']) {
    await mkdir(join(partial, name, '1'), { recursive: true });
    for (const path of [join(partial, name, '1'), join(partial, name)])
      if (name !== 'engine-live') await utimes(path, 0, 0);
  }
  expect(await sweepEngines(ports, HOUR_MS)).toEqual([]);
  await utimes(join(partial, 'engine-wakes'), new Date(), new Date());
  expect(await sweepEngines(ports, HOUR_MS)).toEqual(['engine-gone']);
  expect((await readdir(partial)).toSorted()).toEqual(['engine-live', 'engine-wakes', 'tables~x~y']);
});
