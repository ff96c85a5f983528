import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { parametersFor, registry } from '#components';
import { AppError } from '#contract';
import { categoricalColumn, cellAt, createFrame, numericColumn, select, takeRows, type Frame } from '#frame';

interface Case {
  params: Record<string, unknown>;
  columns: string[];
  output?: Record<string, (string | number | null)[]>;
  refused?: 'fit' | 'transform';
}
interface Golden {
  train: number;
  numbers: Record<string, (number | null)[]>;
  words: Record<string, (string | null)[]>;
  StandardScaler: Case[];
  SimpleImputer: Case[];
  OneHotEncoder: Case[];
}
const golden = JSON.parse(readFileSync(new URL('converters.json', import.meta.url), 'utf8')) as Golden;

const numbers = Object.entries(golden.numbers).map(([name, values]) =>
  numericColumn(
    name,
    values.map((value) => value ?? NaN),
  ),
);
const words = Object.entries(golden.words).map(([name, values]) => categoricalColumn(name, values));
const first = (frame: Frame): Frame =>
  takeRows(
    frame,
    Array.from({ length: golden.train }, (_, row) => row),
  );

/** The converter learnt from the first rows, as scikit-learn's was. */
function run(name: string, { params, columns }: Case): { all: () => Frame; train: () => Frame } {
  const converter = registry.find(name, 'converter');
  if (converter.changesRows) throw new RangeError(name);
  const known = columns.every((column) => golden.numbers[column] !== undefined) ? numbers : words;
  const frame = select(createFrame(known), columns);
  const chosen = parametersFor(converter, params);
  const state = converter.fit(first(frame), null, chosen, { seed: 1 });
  return {
    all: () => converter.transform(state, frame, chosen),
    train: () => converter.transform(state, first(frame), chosen),
  };
}

function compare(actual: Frame, expected: NonNullable<Case['output']>): void {
  expect(actual.columns.map(({ name }) => name)).toEqual(Object.keys(expected));
  for (const one of actual.columns)
    expected[one.name]!.forEach((value, row) => {
      const cell = cellAt(one, row);
      if (typeof value !== 'number' || typeof cell !== 'number')
        expect(cell).toBe(value === null ? null : String(value));
      else expect(Math.abs(cell - value)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(value)));
    });
}

describe.each(['StandardScaler', 'SimpleImputer', 'OneHotEncoder'] as const)('%s as scikit-learn makes it', (name) => {
  it.each(golden[name].map((one) => [JSON.stringify(one.params), one.columns.join(), one] as const))(
    '%s of %s',
    (_, __, one) => {
      if (one.refused === 'fit') {
        expect(() => run(name, one)).toThrow(AppError);
        return;
      }
      const { all, train } = run(name, one);
      if (one.refused === 'transform') expect(all).toThrow(AppError);
      compare(one.refused === 'transform' ? train() : all(), one.output!);
    },
  );
});
