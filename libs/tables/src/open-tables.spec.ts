import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { CsvReadPlan } from '#contract';

import { Engine } from './engine/engine.js';
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

it('reads pages with the engine there is where no further one may be opened', async () => {
  const source = join(root, 'pages.csv');
  await writeFile(source, 'a,b\n1,x\n2,y\n');
  const target = join(root, 'pages');
  await tables.ingest({ source, plan: CsvReadPlan.parse({}), target });
  const open = vi.spyOn(Engine, 'open').mockRejectedValue(new Error('no further engine may be opened here'));
  for (const offset of [0, 1])
    expect((await tables.page(target, { offset, limit: 1 })).rows).toEqual([
      [
        { a: 1, b: 'x' },
        { a: 2, b: 'y' },
      ][offset],
    ]);
  expect(open).toHaveBeenCalledTimes(1);
  open.mockRestore();
});
