import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';

import type { EntityManager } from 'typeorm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';

import { STATUS } from '#contract';
import { ConverterEntity, NotebookEntity } from '#persistence';
import { newToken, tableKey } from '#storage';
import { testDatabase } from '#testing';

import { exploreTable } from '../explorer/explore-table.job.js';
import type { Job, JobContext } from '../job/job-handler.js';
import { silent, type TestHouse, testHouse } from '../job/jobs.fixture.js';
import { convertTable } from './convert-table.job.js';
import { removeConverter } from './remove-converter.js';

let house: TestHouse;
let drop: () => Promise<void>;
let notebookId: number;
let stepId: number;
let stepTable: string;

const insert = async (sql: string, values: unknown[]): Promise<number> =>
  (await house.ports.db.query<[{ id: number }]>(`${sql} RETURNING id`, values))[0].id;
const newTable = async (): Promise<string> => {
  const key = tableKey(newToken('rows'));
  await house.ports.storage.write(key, Readable.from(['rows']));
  return key;
};
const newExplorer = (): Promise<number> =>
  insert(`INSERT INTO explorer (notebook_id, exploration_type, columns, parameters) VALUES ($1, 'e', '[]', '{}')`, [
    notebookId,
  ]);
/** The row of a job that waits. */
const newJob = async (type: string, kwargs: object, entity: [string, number] | [null, null]): Promise<string> => {
  const id = randomUUID();
  await house.ports.db.query(
    `INSERT INTO job (id, type, queue, priority, kwargs, name, max_attempts, entity_type, entity_id, enqueued_at, last_update)
     VALUES ($1, $2, 'io', 10, $3, 'j', 3, $4, $5, now(), now())`,
    [id, type, JSON.stringify(kwargs), ...entity],
  );
  return id;
};
const end = (id: string): Promise<unknown> =>
  house.ports.db.query(`UPDATE job SET state = 'error' WHERE id = $1`, [id]);

beforeAll(async () => {
  const database = await testDatabase({ migrated: true });
  drop = database.drop;
  house = await testHouse({ databaseUrl: database.url, redisUrl: undefined });
});
afterAll(async () => {
  await house.close();
  await drop();
});
beforeEach(async () => {
  await house.ports.db.query('DELETE FROM dataset');
  const datasetId = await house.newDataset();
  const source = await newTable();
  stepTable = await newTable();
  notebookId = await insert(
    `INSERT INTO notebook (dataset_id, file_path, source_key, table_key, name) VALUES ($1, $2, $3, $4, 'n')`,
    [datasetId, randomUUID(), source, stepTable],
  );
});
const newStep = async (): Promise<void> => {
  stepId = await insert(
    `INSERT INTO converter (notebook_id, converter, parameters, table_key, status) VALUES ($1, 'c', '{}', $2, $3)`,
    [notebookId, stepTable, STATUS.finished],
  );
};

describe('a step is not undone', () => {
  test.each([
    ['an earlier explorer', () => newExplorer().then((id) => newJob('ExplorerJob', {}, ['explorer', id]))],
    ['a data set', () => newJob('DatasetJob', { dataset_id: 1, notebook_id: notebookId }, [null, null])],
  ])('while the job of %s reads its table', async (_, start) => {
    const reader = await start();
    await newStep();
    await expect(removeConverter(house.ports, stepId)).rejects.toMatchObject({ code: 'entity-busy', status: 409 });
    expect(await house.ports.storage.exists(stepTable)).toBe(true);
    await end(reader);
    await removeConverter(house.ports, stepId);
    expect(await house.ports.storage.exists(stepTable)).toBe(false);
  });

  test('but with the explorers that came after it, whose jobs are cancelled', async () => {
    await newStep();
    const later = await newExplorer();
    const job = await newJob('ExplorerJob', {}, ['explorer', later]);
    await house.ports.db.query(`UPDATE explorer SET status = 1, huey_id = $2 WHERE id = $1`, [later, job]);
    await removeConverter(house.ports, stepId);
    expect(await house.job(job)).toMatchObject({ state: 'cancelled' });
  });

  test('an explorer that is just being submitted waits for the new table', async () => {
    await newStep();
    const explorer = await newExplorer();
    await house.ports.db.query('UPDATE explorer SET created = $2 WHERE id = $1', [explorer, new Date(0)]);
    const { manager } = house.ports.db;
    let delivered: Promise<unknown> = Promise.resolve();
    await house.ports.db.transaction(async (tx) => {
      await tx.findOneOrFail(NotebookEntity, { where: { id: notebookId }, lock: { mode: 'pessimistic_write' } });
      delivered = house.ports.db.transaction((other) => exploreTable.deliver(other, { explorer_id: explorer }));
      const asleep = `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
      await expect.poll(async () => (await manager.query<unknown[]>(asleep)).length, { timeout: 10_000 }).toBe(1);
    });
    expect(await delivered).toContain(': n');
  });
});

test.each([true, false])(
  'the former result of a step goes when it runs again; while read (%s) it stays',
  async (read) => {
    await newStep();
    if (read) await newJob('ExplorerJob', {}, ['explorer', await newExplorer()]);
    const job = { id: randomUUID(), attempt: 1, type: 'ConverterJob' } as Job<'ConverterJob'>;
    const ports = { ...house.ports, tables: { readMeta: () => Promise.resolve({ columns: [] }) } };
    await convertTable.run({
      ports,
      job,
      kwargs: { converter_id: stepId },
      compute: { run: () => Promise.resolve({}) },
      log: silent,
      signal: new AbortController().signal,
      progress: () => undefined,
      commit: (write: (tx: EntityManager) => Promise<void>) => house.ports.db.transaction(write),
    } as unknown as JobContext<'ConverterJob'>);
    const row = await house.ports.db.manager.findOneByOrFail(ConverterEntity, { id: stepId });
    expect(row.table_key).not.toBe(stepTable);
    expect(await house.ports.storage.exists(stepTable)).toBe(read);
  },
);
