import { expect } from 'vitest';

import { parametersFor, type Resampled, type RowConverter } from '#components';
import { Cancelled } from '#linalg';
import { column, select, takeRows, type Frame } from '#frame';

import { attempt, scopes, variants } from './converter.checks.js';
import { cellsOf, emptied, firstRows, toyFrame } from './toy-frames.js';
import type { Check } from './waivers.js';

const toy = toyFrame(90);
const TARGET = 'grade';

interface Attempt {
  readonly frame: Frame;
  readonly params: Record<string, unknown>;
  readonly result: Resampled | null;
}

/** The result for every scope without the target, and every variant of the parameters. */
function everyResult(converter: RowConverter, rows: Frame): Attempt[] {
  const target = converter.needsTarget ? column(rows, TARGET) : null;
  return scopes(converter).flatMap((names) => {
    const frame = select(
      rows,
      names.filter((name) => name !== TARGET || !converter.needsTarget),
    );
    return variants(converter).map((params) => {
      const result = attempt(() => converter.resample(frame, target, params as never, { seed: 3 }));
      return { frame, params, result };
    });
  });
}

/** Row numbers that exist and rise; made rows of the known columns and types, without holes that no row had. */
function sound(converter: RowConverter, { frame, result }: Attempt): void {
  if (!result) return;
  const { kept, made } = result;
  kept.forEach((row, at) => expect(row >= 0 && row < frame.rows && (at === 0 || row > kept[at - 1]!)).toBe(true));
  if (converter.rowByRow) expect(made).toBeNull();
  const known = [...frame.columns, ...(converter.needsTarget ? [column(toy, TARGET)] : [])];
  expect(made?.columns.map(({ name, kind, type }) => [name, kind, type]) ?? []).toEqual(
    made ? known.map(({ name, kind, type }) => [name, kind, type]) : [],
  );
  for (const one of made?.columns ?? []) {
    if (one.kind === 'numeric') expect(one.values.every(Number.isFinite), one.name).toBe(true);
    if (one.kind === 'numeric' && one.type.type === 'Integer')
      expect(one.values.every(Number.isInteger), one.name).toBe(true);
    if (one.kind === 'categorical') expect(one.codes.includes(-1), one.name).toBe(false);
  }
}

/** What every converter of rows promises. */
export const rowConverterChecks: readonly Check<RowConverter>[] = [
  {
    name: 'defaults work on some columns that fit',
    run: (converter) => {
      const results = everyResult(converter, toy);
      expect(results.some(({ params, result }) => result && isDefault(converter, params))).toBe(true);
      results.forEach((one) => sound(converter, one));
    },
  },
  {
    name: 'equal seeds give equal rows, and the input is left alone',
    run: (converter) => {
      const before = cellsOf(toy);
      const plain = ({ result }: Attempt) => result && [[...result.kept], result.made && cellsOf(result.made)];
      expect(everyResult(converter, toy).map(plain)).toEqual(everyResult(converter, toy).map(plain));
      expect(cellsOf(toy)).toEqual(before);
    },
  },
  {
    name: 'a row that is judged by itself is judged alike in every part',
    run: (converter) => {
      if (!converter.rowByRow) return;
      const middle = Array.from({ length: 30 }, (_, at) => at + 30);
      const parts = everyResult(converter, takeRows(toy, middle));
      everyResult(converter, toy).forEach(({ result }, at) => {
        const inside = [...result!.kept].filter((row) => row >= 30 && row < 60).map((row) => row - 30);
        expect([...parts[at]!.result!.kept]).toEqual(inside);
      });
    },
  },
  {
    name: 'no row, one row and columns without a value give a result or a typed error',
    run: (converter) => {
      for (const frame of [firstRows(toy, 0), firstRows(toy, 1), emptied(toy)])
        everyResult(converter, frame).forEach((one) => sound(converter, one));
    },
  },
  {
    name: 'what a tick throws comes out',
    run: (converter) => {
      const target = converter.needsTarget ? column(toy, TARGET) : null;
      const tick = (): void => {
        throw new Cancelled();
      };
      const names = scopes(converter)
        .at(-1)!
        .filter((name) => name !== TARGET);
      const work = () =>
        converter.resample(select(toy, names), target, parametersFor(converter, {}), { seed: 3, tick });
      if (converter.needsTarget) expect(work).toThrow(Cancelled);
      else expect(work).not.toThrow(RangeError);
    },
  },
];

const isDefault = (converter: RowConverter, params: Record<string, unknown>): boolean =>
  JSON.stringify(params) === JSON.stringify(parametersFor(converter, {}));
