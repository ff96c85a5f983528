import { open } from 'node:fs/promises';

import { AppError, type ColumnType } from '#contract';
import { typeEntry } from '#frame';

import { text, type Engine } from '../engine/engine.js';
import { loadTyped, type Scan } from '../read/load-typed.js';
import type { OpenFile, ReadLimits } from '../read/open-file.js';
import { checkSize } from '../read/table-bounds.js';
import { columnNames } from '../csv/column-names.js';
import { refuseSignature } from '../csv/text-source.js';
import { NO_HINTS } from '../types/infer-types.js';

const MAGIC = 'PAR1';

interface Source {
  readonly name: string;
  /** The cell as text, in SQL. */
  readonly sql: string;
  readonly native: ColumnType | null;
}

/**
 * A Parquet file, read by DuckDB column by column without a copy of its own. What nests becomes JSON, bytes become base64, days and
 * times ISO text.
 * @throws AppError `file-empty`, `file-not-tabular`, `file-damaged`, `too-many-columns`, `table-too-large`.
 */
export async function openParquet(engine: Engine, path: string, limits: ReadLimits): Promise<OpenFile> {
  const size = await checkMagic(path);
  const file = `read_parquet(${text(path)})`;
  const sources = await columnsOf(engine, file);
  if (sources.length > limits.maxColumns)
    throw new AppError('too-many-columns', { count: sources.length, limit: limits.maxColumns });
  const [rowCount] = await damagedIfFails(engine.row(`SELECT count(*) FROM ${file}`));
  checkSize(Number(rowCount), sources.length, limits);
  const { names, notes } = columnNames(sources.map(({ name }) => name));
  const scan: Scan = (columns) => {
    const cells = columns.map(([id, type]) => `(${sources[Number(id.slice(1))]!.sql})::${type} AS ${id}`);
    return `(SELECT ${cells.join(', ')} FROM ${file})`;
  };
  const all = sources.map((_, index) => [`c${index}`, 'VARCHAR'] as const);
  const rows = await damagedIfFails(engine.rows(`FROM ${scan(all)} LIMIT ${limits.rowLimit}`));
  return {
    head: {
      names,
      rows: rows as (string | null)[][],
      notes,
      previewedBytes: size,
      hints: NO_HINTS,
      native: sources.map(({ native }) => native),
      detected: {},
    },
    load: (readings, target) => damagedIfFails(loadTyped(engine, scan, readings, target)),
  };
}

async function checkMagic(path: string): Promise<number> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size === 0) throw new AppError('file-empty');
    const { buffer } = await file.read(Buffer.alloc(16), 0, 16, 0);
    if (buffer.toString('latin1', 0, 4) === MAGIC) return size;
    refuseSignature(buffer);
    throw new AppError('file-damaged', { format: 'Parquet' });
  } finally {
    await file.close();
  }
}

async function columnsOf(engine: Engine, file: string): Promise<Source[]> {
  const described = await damagedIfFails(engine.rows(`DESCRIBE FROM ${file}`));
  return described.map(([name, type]) => sourceOf(name as string, type as string));
}

const INTEGERS: Readonly<Record<string, string>> = {
  TINYINT: 'int8',
  SMALLINT: 'int16',
  INTEGER: 'int32',
  BIGINT: 'int64',
  UTINYINT: 'uint8',
  USMALLINT: 'uint16',
  UINTEGER: 'uint32',
  UBIGINT: 'uint64',
};
const FLOATS: Readonly<Record<string, string>> = { FLOAT: 'float32', DOUBLE: 'float64' };

function sourceOf(name: string, type: string): Source {
  const column = `"${name.replaceAll('"', '""')}"`;
  const integer = INTEGERS[type];
  if (integer) return { name, sql: column, native: { type: 'Integer', dtype: integer } };
  const float = FLOATS[type];
  if (float) {
    const sql = `CASE WHEN isnan(${column}) THEN NULL ELSE ${column} END`;
    return { name, sql, native: { type: 'Float', dtype: float } };
  }
  if (type === 'VARCHAR') return { name, sql: column, native: { ...typeEntry('Text'), encoding: 'utf-8' } };
  if (type === 'DATE') return { name, sql: `strftime(${column}, '%Y-%m-%d')`, native: typeEntry('Date') };
  if (type.startsWith('DECIMAL')) return { name, sql: column, native: typeEntry('Float') };
  if (type === 'BLOB')
    return { name, sql: `to_base64(${column})`, native: { ...typeEntry('Text'), encoding: 'utf-8' } };
  if (/^STRUCT|^MAP|^UNION|\]$/.test(type)) return { name, sql: `to_json(${column})`, native: null };
  return { name, sql: column, native: null };
}

/** DuckDB's words name folders of the server, so none of them reach a person. */
async function damagedIfFails<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('file-damaged', { format: 'Parquet' }, { cause: error });
  }
}
