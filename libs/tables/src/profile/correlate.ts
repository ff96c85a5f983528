import { isNumericType } from '#frame';

import { text, type Engine } from '../engine/engine.js';
import { dataPath, type TableMeta } from '../table-meta.js';

import type { NumericStats, TableInfo } from './table-info.js';

/** Columns correlated at most, and products of two cells computed at most; beyond, evenly spread stretches of rows stand for all. */
const MAX_COLUMNS = 200;
const MAX_PRODUCTS = 1_000_000_000;
const STRETCH_ROWS = 2048;

/** Sums over the rows where both columns have a value: n, x, y, x², y², xy. */
const SUMS = 6;

/**
 * Pearson correlations of the numeric columns with a value, over the rows both have, to 4 decimals; null where one does not vary.
 */
export async function correlate(
  engine: Engine,
  folder: string,
  meta: TableMeta,
  stats: Readonly<Record<string, NumericStats>>,
  signal?: AbortSignal,
): Promise<Pick<TableInfo, 'correlations' | 'correlations_over'>> {
  const numeric = meta.columns.filter((column) => isNumericType(column.type.type) && Object.hasOwn(stats, column.name));
  const columns = numeric.slice(0, MAX_COLUMNS);
  const k = columns.length;
  if (k === 0) return { correlations: {} };
  const every = Math.max(1, Math.ceil((meta.rows * k * k) / 2 / MAX_PRODUCTS));
  // Centred and scaled first: the sums of products then keep their digits.
  const scaled = columns.map(({ id, name }) => {
    const { mean, std } = stats[name]!;
    return `CASE WHEN isfinite(${id}::DOUBLE) THEN (${id}::DOUBLE - (${mean ?? 0}::DOUBLE)) / ${std ? `(${std}::DOUBLE)` : '1'} END`;
  });
  const where = every > 1 ? ` WHERE (file_row_number // ${STRETCH_ROWS}) % ${every} = 0` : '';
  const sums = new Float64Array(k * k * SUMS);
  let rows = 0;
  const sql = `SELECT ${scaled.join(', ')} FROM read_parquet(${text(dataPath(folder))}, file_row_number = true)${where}`;
  for await (const chunk of engine.chunks(sql, [], signal)) {
    const values = columns.map((_, index) => cellsOf(chunk.getColumnVector(index), chunk.rowCount));
    rows += chunk.rowCount;
    for (let i = 0; i < k; i++)
      for (let j = i; j < k; j++) addProducts(sums, (i * k + j) * SUMS, values[i]!, values[j]!);
  }
  const matrix = columns.map(({ name }, i): [string, Record<string, number | null>] => [
    name,
    Object.fromEntries(
      columns.map((other, j) => [other.name, pearson(sums, (Math.min(i, j) * k + Math.max(i, j)) * SUMS)]),
    ),
  ]);
  const limited = every > 1 || k < numeric.length;
  return { correlations: Object.fromEntries(matrix), ...(limited && { correlations_over: { columns: k, rows } }) };
}

interface Cells {
  readonly items: Float64Array;
  readonly complete: boolean;
}

/** A chunk's column; missing cells as NaN. */
function cellsOf(vector: unknown, rows: number): Cells {
  const { items, validity } = vector as { items: Float64Array; validity: { itemValid(index: number): boolean } };
  const values = Float64Array.from(items.subarray(0, rows));
  let complete = true;
  for (let row = 0; row < rows; row++) {
    if (validity.itemValid(row)) continue;
    values[row] = NaN;
    complete = false;
  }
  return { items: values, complete };
}

function addProducts(sums: Float64Array, at: number, a: Cells, b: Cells): void {
  const [x, y] = [a.items, b.items];
  let [n, sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0, 0];
  if (a.complete && b.complete) {
    n = x.length;
    for (let row = 0; row < x.length; row++) {
      const [u, v] = [x[row]!, y[row]!];
      sx += u;
      sy += v;
      sxx += u * u;
      syy += v * v;
      sxy += u * v;
    }
  } else {
    for (let row = 0; row < x.length; row++) {
      const [u, v] = [x[row]!, y[row]!];
      if (u !== u || v !== v) continue;
      n++;
      sx += u;
      sy += v;
      sxx += u * u;
      syy += v * v;
      sxy += u * v;
    }
  }
  const parts = [n, sx, sy, sxx, syy, sxy];
  for (let part = 0; part < SUMS; part++) sums[at + part]! += parts[part]!;
}

function pearson(sums: Float64Array, at: number): number | null {
  const [n, sx, sy, sxx, syy, sxy] = sums.subarray(at, at + SUMS) as unknown as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const spread = (sxx - (sx * sx) / n) * (syy - (sy * sy) / n);
  const correlation = (sxy - (sx * sy) / n) / Math.sqrt(spread);
  return n > 1 && spread > 1e-20 && Number.isFinite(correlation)
    ? Math.round(Math.max(-1, Math.min(1, correlation)) * 1e4) / 1e4
    : null;
}
