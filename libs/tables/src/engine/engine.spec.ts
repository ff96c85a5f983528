import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DuckDBConnection } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { Engine, text } from './engine.js';

describe('engine', () => {
  let root: string;
  let engine: Engine;
  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'millrace-engine-'));
    engine = await Engine.open({
      directories: [join(root, 'data')],
      tempDirectory: join(root, 'temp'),
      memoryLimitBytes: 256 * 1024 ** 2,
      threads: 2,
    });
  });
  afterAll(async () => {
    engine.close();
    await rm(root, { recursive: true, force: true });
  });

  it('reads nothing outside its folders and cannot be talked out of it', async () => {
    const secret = join(root, 'secret.csv');
    await writeFile(secret, 'a\n1\n');
    await expect(engine.rows(`FROM read_csv(${text(secret)})`)).rejects.toThrow(/Permission/);
    await expect(engine.rows(`FROM read_csv(${text(join(root, 'data', '..', 'secret.csv'))})`)).rejects.toThrow(
      /Permission/,
    );
    await expect(engine.rows(`COPY (SELECT 1) TO ${text(join(root, 'out.csv'))}`)).rejects.toThrow(/Permission/);
    await expect(engine.rows('SET enable_external_access = true')).rejects.toThrow(/lock/);
    await expect(engine.rows('INSTALL httpfs')).rejects.toThrow();
  });

  it('ends a statement when its signal does, and goes on working', async () => {
    const controller = new AbortController();
    const endless = engine.rows(
      'SELECT sum(a.range * b.range) FROM range(10000000) a, range(10000000) b',
      [],
      controller.signal,
    );
    setTimeout(() => controller.abort(), 50);
    await expect(endless).rejects.toMatchObject({ code: 'cancelled' });
    expect(await engine.row('SELECT 42')).toEqual([42]);
  });

  it('prepares only a statement that has values: one over files is planned twice then', async () => {
    const prepare = vi.spyOn(DuckDBConnection.prototype, 'extractStatements');
    const first = async (values: number[], whole: boolean) => {
      for await (const chunk of engine.chunks(`SELECT ${values.length ? '$1' : '6'}::INTEGER`, values, undefined, {
        whole,
      }))
        return chunk.getRows();
      return [];
    };
    expect([await engine.rows('SELECT 6'), await first([], true)]).toEqual([[[6]], [[6]]]);
    expect(prepare).not.toHaveBeenCalled();
    expect([await first([7], true), await first([7], false)]).toEqual([[[7]], [[7]]]);
    expect(prepare).toHaveBeenCalledTimes(2);
    prepare.mockRestore();
  });

  it.each([true, false])(
    'gives every row in order, and stops between chunks when its signal does (whole: %s)',
    async (whole) => {
      const rows = 500_000;
      const sql = `SELECT range::UINTEGER FROM range(${rows}) ORDER BY range DESC`;
      const numbers: unknown[] = [];
      for await (const chunk of engine.chunks(sql, [], undefined, { whole })) numbers.push(...chunk.getColumnValues(0));
      expect(numbers).toEqual(Array.from({ length: rows }, (_, at) => rows - 1 - at));
      const leaving = new AbortController();
      let taken = 0;
      const read = async () => {
        for await (const chunk of engine.chunks(sql, [], leaving.signal, { whole })) {
          taken += chunk.rowCount;
          leaving.abort();
        }
      };
      await expect(read()).rejects.toMatchObject({ code: 'cancelled' });
      expect(taken).toBeLessThanOrEqual(2048);
      expect(await engine.row('SELECT 42')).toEqual([42]);
    },
  );

  it('lets other work have its turn while a whole result is read', async () => {
    let turns = 0;
    let chunks = 0;
    let reading = true;
    const count = () => {
      turns++;
      if (reading) setImmediate(count);
    };
    setImmediate(count);
    for await (const chunk of engine.chunks('SELECT range FROM range(1000000)', [], undefined, { whole: true }))
      chunks += chunk.rowCount > 0 ? 1 : 0;
    reading = false;
    expect(chunks).toBeGreaterThan(400);
    expect(turns).toBeGreaterThanOrEqual(8);
  });

  it('says so when memory is not enough', async () => {
    await expect(engine.rows(`SELECT list(range || 'some words to hold') FROM range(100000000)`)).rejects.toMatchObject(
      { code: 'out-of-memory' },
    );
  });
});
