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
  MinMaxScaler: Case[];
  OrdinalEncoder: Case[];
  PCA: Case[];
  MaxAbsScaler: Case[];
  Normalizer: Case[];
  Binarizer: Case[];
  VarianceThreshold: Case[];
  PolynomialFeatures: Case[];
  features: Record<string, number[]>;
  SMOTE: {
    params: Record<string, unknown>;
    classes: string[];
    neighbours: Record<string, number[][]>;
    sizes: Record<string, number>;
  }[];
}
const golden = JSON.parse(readFileSync(new URL('converters.json', import.meta.url), 'utf8')) as Golden;

const numbers = Object.entries(golden.numbers).map(([name, values]) =>
  numericColumn(
    name,
    values.map((value) => value ?? NaN),
  ),
);
const words = Object.entries(golden.words).map(([name, values]) => categoricalColumn(name, values));
const features = [...Object.entries(golden.features), ['constant', golden.features['f0']!.map(() => 0.3)] as const].map(
  ([name, values]) => numericColumn(name, values),
);
const first = (frame: Frame): Frame =>
  takeRows(
    frame,
    Array.from({ length: golden.train }, (_, row) => row),
  );

/** The converter learnt from the first rows, as scikit-learn's was. */
function run(name: string, { params, columns }: Case): { all: () => Frame; train: () => Frame } {
  const converter = registry.find(name, 'converter');
  if (converter.changesRows) throw new RangeError(name);
  const known = [features, numbers, words].find((all) =>
    columns.every((column) => all.some((one) => one.name === column)),
  )!;
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

const names = [
  'StandardScaler',
  'SimpleImputer',
  'OneHotEncoder',
  'MinMaxScaler',
  'OrdinalEncoder',
  'PCA',
  'MaxAbsScaler',
  'Normalizer',
  'Binarizer',
  'VarianceThreshold',
  'PolynomialFeatures',
] as const;

describe.each(names)('%s as scikit-learn makes it', (name) => {
  it.each(golden[name].map((one) => [JSON.stringify(one.params), one.columns.join(), one] as const))(
    '%s of %s',
    (_, __, one) => {
      if (one.refused === 'fit') {
        expect(() => run(name, one)).toThrow(
          /parameters-invalid|bad-parameter|converter-columns-invalid|category-unseen/,
        );
        return;
      }
      const { all, train } = run(name, one);
      if (one.refused === 'transform') expect(all).toThrow(AppError);
      compare(one.refused === 'transform' ? train() : all(), one.output!);
    },
  );
});

describe('SMOTE makes rows where imbalanced-learn makes them', () => {
  const frame = createFrame(features.filter(({ name }) => name.startsWith('f')));
  const cell = (name: string, row: number): number => golden.features[name]![row]!;
  const off = (a: number, b: number): number => Math.abs(a - b) / Math.max(1, Math.abs(b));

  it.each(golden.SMOTE.map((one) => [JSON.stringify(one.params), one] as const))('%s', (_, one) => {
    const converter = registry.find('SMOTEConverter', 'converter');
    if (!converter.changesRows) throw new RangeError();
    const target = categoricalColumn('class', one.classes);
    const { kept, made } = converter.resample(frame, target, parametersFor(converter, one.params), { seed: 1 });
    expect(kept).toHaveLength(frame.rows);
    const labels = Array.from({ length: made!.rows }, (_row, row) => String(cellAt(made!.columns.at(-1)!, row)));
    const sizes = Object.fromEntries(
      Object.keys(one.sizes).map((label) => [
        label,
        [...one.classes, ...labels].filter((other) => other === label).length,
      ]),
    );
    expect(sizes).toEqual(one.sizes);
    const used = new Set<string>();
    labels.forEach((label, row) => {
      const members = one.classes.flatMap((other, at) => (other === label ? [at] : []));
      const point = frame.columns.map(({ name }, index) => [name, Number(cellAt(made!.columns[index]!, row))] as const);
      const between = members.flatMap((base, at) =>
        one.neighbours[label]![at]!.filter((other) => {
          const step = (point[0]![1] - cell('f0', base)) / (cell('f0', other) - cell('f0', base));
          const lies = ([name, value]: readonly [string, number]): boolean =>
            off(value, cell(name, base) + step * (cell(name, other) - cell(name, base))) < 1e-9;
          return step >= 0 && step <= 1 && point.every(lies);
        }).map((other) => `${base}-${other}`),
      );
      expect(between, `row ${row} of ${label}`).not.toEqual([]);
      between.forEach((pair) => used.add(pair));
    });
    expect(used.size).toBeGreaterThan(made!.rows / 4);
  });
});
