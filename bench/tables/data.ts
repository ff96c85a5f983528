import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { DuckDBInstance } from '@duckdb/node-api';

import { typeEntry } from '#frame';
import type { Tables, TableColumn } from '#tables';

import { parquetOptions } from '../../libs/tables/src/engine/draft.js';

/** Rows of the grid's table; 20 columns. */
export const gridRows = 10_000_000;

async function sql(statement: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '2GB' });
  const connection = await instance.connect();
  await connection.run('SELECT setseed(0.42)');
  await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}

/** A CSV file of about 75 bytes a row: 8 columns, numbers, words, days, quoted text, holes. */
export async function writeCsv(folder: string, rows: number): Promise<string> {
  const path = join(folder, `rows-${rows}.csv`);
  if (existsSync(path)) return path;
  const columns = `r AS id, round(random() * 1000, 4) AS price, (random() * 100)::INT AS amount,
    CASE WHEN random() < 0.05 THEN NULL ELSE random() END AS share, 'city ' || (random() * 40)::INT AS city,
    strftime(DATE '2000-01-01' + (random() * 9000)::INT, '%Y-%m-%d') AS day, random() < 0.5 AS flag,
    'some words, number ' || (random() * 1e6)::INT AS note`;
  await sql(`COPY (SELECT ${columns} FROM range(${rows}) t(r)) TO '${path}' (HEADER)`);
  return path;
}

/** A table of {@link gridRows} rows: 10 fractions, 4 whole numbers, 3 sets of levels, 2 texts, 1 date. */
export async function writeGrid(tables: Tables, folder: string): Promise<string> {
  const target = join(folder, 'grid');
  if (existsSync(join(target, 'meta.json'))) return target;
  mkdirSync(target, { recursive: true });
  const floats = Array.from({ length: 10 }, () => 'random() * 1000');
  const whole = Array.from({ length: 4 }, (_, index) => `(random() * 1e${index + 2})::BIGINT`);
  const levels = Array.from({ length: 3 }, (_, index) => `'level_' || (random() * ${10 ** (index + 1)})::INT`);
  const values = [
    ...floats,
    ...whole,
    ...levels,
    'md5(r::VARCHAR)',
    `'some words number ' || (random() * 1e6)::INT`,
    `strftime(DATE '2000-01-01' + (random() * 9000)::INT, '%Y-%m-%d')`,
  ];
  const select = values.map((value, index) => `${value} AS c${index}`).join(', ');
  const options = parquetOptions(values.length);
  await sql(`COPY (SELECT ${select} FROM range(${gridRows}) t(r)) TO '${join(target, 'data.parquet')}' ${options}`);
  const types = [
    ...floats.map(() => 'Float' as const),
    ...whole.map(() => 'Integer' as const),
    ...levels.map(() => 'Text' as const),
    'Text' as const,
    'Text' as const,
    'Date' as const,
  ];
  const columns = types.map((type, index): TableColumn => ({
    id: `c${index}`,
    name: `column ${index}`,
    type: typeEntry(type),
  }));
  await tables.writeMeta(target, { version: 1, rows: gridRows, columns, notes: [] });
  return target;
}
