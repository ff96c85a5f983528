import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { CsvReadPlan } from '#contract';

import { openTables } from './open-tables.js';
import type { Tables } from './tables.js';

const MIB = 1024 * 1024;
let root: string;
let tables: Tables;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'millrace-tables-'));
  const settings = {
    directories: [root],
    tempDirectory: join(root, 'engine'),
    memoryLimitBytes: 256 * MIB,
    threads: 1,
  };
  tables = await openTables({ ...settings, maxColumns: 2 });
});
afterAll(async () => {
  await tables.close();
  await rm(root, { recursive: true, force: true });
});

describe('columns a file may have', () => {
  it('are counted by preview, judgement and reading alike', async () => {
    const source = join(root, 'wide.csv');
    await writeFile(source, 'a,b,c\n1,2,3\n');
    const plan = CsvReadPlan.parse({});
    const refused = { code: 'too-many-columns', values: { count: 3, limit: 2 } };
    await expect(tables.preview(source, plan)).rejects.toMatchObject(refused);
    await expect(tables.checkTypeChanges(source, plan, {}, { rows: 5 })).rejects.toMatchObject(refused);
    await expect(tables.ingest({ source, plan, target: join(root, 'table') })).rejects.toMatchObject(refused);
  });
});
