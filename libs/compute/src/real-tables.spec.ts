import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, expect, it } from 'vitest';

import { DiskStorage } from '#storage';
import { openTables, type Tables } from '#tables';

import { fakeHost, run, session, table, train } from './host.fixture.js';
import { type TaskHost, tasks } from './index.js';

const root = mkdtempSync(join(tmpdir(), 'compute-tables-'));
let tables: Tables;
let host: TaskHost;

beforeAll(async () => {
  tables = await openTables({
    directories: [root],
    tempDirectory: join(root, 'temp'),
    memoryLimitBytes: 256 * 1024 ** 2,
    threads: 1,
  });
  host = { ...fakeHost(table()), storage: new DiskStorage(root), tables };
  await tables.writeFrame(table(), await host.storage.materialise('tables/one'));
});
afterAll(() => tables.close());

it('trains on a table on disk and writes predictions as a table', async () => {
  const { metrics } = await train(run(session(), 'RandomForestClassifier'), host);
  expect(metrics.find(({ name }) => name === 'F1')!.value).toBeGreaterThan(0.5);
  const predict = (rowIndexes: number[] | null, targetKey: string) =>
    tasks['predict-rows'](
      { stateKey: 'runs/1/state', source: { tableKey: 'tables/one', rowIndexes }, targetKey },
      host,
    );
  const all = await predict(null, 'tables/two');
  expect(all).toMatchObject({ rowCount: 150, rows: [] });
  expect(new Set(all.findings.map(({ code, outcome }) => `${code} ${outcome}`))).toEqual(
    new Set(['column-extra noted', 'output-replaced noted']),
  );
  expect(all.columns.at(-1)).toBe('species');
  await predict([140, 3], 'tables/three');
  const whole = await tables.readFrame(await host.storage.materialise('tables/two'));
  const some = await tables.page(await host.storage.materialise('tables/three'), { offset: 0, limit: 10 });
  const { rows: expected } = await tables.page(await host.storage.materialise('tables/two'), { offset: 140, limit: 1 });
  expect(whole.columns.map(({ name }) => name)).toEqual(all.columns);
  expect(some.total).toBe(2);
  expect(some.rows[0]).toEqual(expected[0]);
});
