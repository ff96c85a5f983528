import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { matrix, type Matrix, random } from '#linalg';

/** Columns of every table: half tell something, half are noise. */
export const tableColumns = 20;
const largestTest = 100_000;

/** Rows held out beside `rows` training rows. */
export function testRows(rows: number): number {
  return Math.min(rows, largestTest);
}

function write(file: string, values: Float64Array): void {
  writeFileSync(file, new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

/**
 * Writes a table for `rows` training rows and returns its folder: `x.f64` and `test-x.f64` column-major, `numbers.f64`
 * and `codes.f64` (two classes: is the number positive) with their `test-` twins; raw little-endian float64.
 */
export function writeTable(parent: string, rows: number): string {
  const folder = join(parent, String(rows));
  mkdirSync(folder, { recursive: true });
  const { normal } = random(rows);
  const slopes = Float64Array.from({ length: tableColumns / 2 }, normal);
  for (const [prefix, count] of [['', rows] as const, ['test-', testRows(rows)] as const]) {
    const x = new Float64Array(count * tableColumns).map(normal);
    const numbers = new Float64Array(count);
    for (let i = 0; i < count; i++) {
      const at = (j: number): number => x[j * count + i]!;
      let sum = 1.5 * at(0) * at(1) + 2 * Math.sin(2 * at(2)) + 1.5 * normal();
      for (let j = 0; j < slopes.length; j++) sum += slopes[j]! * at(j);
      numbers[i] = sum;
    }
    write(join(folder, `${prefix}x.f64`), x);
    write(join(folder, `${prefix}numbers.f64`), numbers);
    write(
      join(folder, `${prefix}codes.f64`),
      numbers.map((value) => (value > 0 ? 1 : 0)),
    );
  }
  return folder;
}

/** One raw file of float64. */
export function readFloats(file: string): Float64Array {
  const bytes = readFileSync(file);
  return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

/** A matrix of `tableColumns` columns from a raw file. */
export function readMatrix(file: string): Matrix {
  const data = readFloats(file);
  return matrix(data.length / tableColumns, tableColumns, data);
}
