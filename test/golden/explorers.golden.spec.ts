import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { parametersFor, registry, type FittedModel, type GlobalExplainer } from '#components';
import { asNumeric, column, createFrame, numericColumn, textColumn, type Frame } from '#frame';
import { matrix } from '#linalg';

type Cell = string | number | null;
interface Importance {
  scoring: string;
  means: number[];
  stds: number[];
}
interface Golden {
  numbers: Record<string, (number | null)[]>;
  words: Record<string, (string | null)[]>;
  describe: { percentiles: number[]; columns: string[]; index: string[]; rows: Cell[][] }[];
  correlations: { method: string; minPeriods: number; matrix: (number | null)[][] }[];
  covariances: { freedom: number; minPeriods: number; columns: string[]; matrix: (number | null)[][] }[];
  permutation: {
    repeats: number;
    weights: number[];
    x: number[][];
    classes: number[];
    numbers: number[];
    classification: Importance[];
    regression: Importance[];
  };
}
const golden = JSON.parse(readFileSync(new URL('explorers.json', import.meta.url), 'utf8')) as Golden;

const numbers = Object.entries(golden.numbers).map(([name, values]) =>
  numericColumn(
    name,
    values.map((value) => value ?? NaN),
  ),
);
const words = Object.entries(golden.words).map(([name, values]) => textColumn(name, values));
const frame = createFrame([...numbers, ...words]);

/** The cells of the only table an explorer answers. */
function tableOf(
  name: string,
  columns: string[],
  given: Record<string, unknown>,
): { columns: string[]; rows: Cell[][] } {
  const explorer = registry.find(name, 'explorer');
  const [artifact] = explorer.explore(frame, columns, parametersFor(explorer, given), { seed: 1 });
  if (artifact?.type !== 'table') throw new Error('no table');
  return artifact.payload as { columns: string[]; rows: Cell[][] };
}

/** Equal words and gaps; numbers to 12 digits of the largest in the row or of `scale`. */
function close(actual: readonly Cell[], expected: readonly Cell[], scale = 0): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, at) => {
    if (typeof value !== 'number') expect(actual[at]).toBe(value);
    else expect(Math.abs((actual[at] as number) - value)).toBeLessThanOrEqual(1e-12 * Math.max(Math.abs(value), scale));
  });
}

describe('descriptions as pandas makes them', () => {
  it.each(golden.describe.map((one) => [one.percentiles.join(), one.columns.join(), one] as const))(
    '%s of %s',
    (_, __, { percentiles, columns, index, rows }) => {
      const table = tableOf('DescribeExplorer', columns, { percentiles: percentiles.join(', ') });
      expect(table.columns).toEqual(['index', ...columns]);
      // A percentile 0 or 100 is a row of its own beside min and max.
      expect(table.rows.map(([name]) => name)).toEqual(index);
      rows.forEach((row, at) => close(table.rows[at]!.slice(1), row, index[at] === 'std' ? 1 : 0));
    },
  );
});

describe('correlations as pandas makes them', () => {
  it.each(golden.correlations.map((one) => [one.method, one.minPeriods, one] as const))(
    '%s of at least %d rows',
    (_, __, { method, minPeriods, matrix: expected }) => {
      const names = numbers.map(({ name }) => name);
      const given = { method, min_periods: minPeriods, plot: false };
      const table = tableOf('CorrelationMatrixExplorer', names, given);
      expected.forEach((row, at) => close(table.rows[at]!.slice(1), row, 1));
    },
  );
});

describe('covariances as pandas makes them', () => {
  it.each(golden.covariances.map((one) => [one.columns.join(), one.freedom, one.minPeriods, one] as const))(
    '%s with %d degrees of freedom, of at least %d rows',
    (_, freedom, minPeriods, { columns, matrix: expected }) => {
      const given = { min_periods: minPeriods, delta_degree_of_freedom: freedom, plot: false };
      const table = tableOf('CovarianceMatrixExplorer', columns, given);
      expected.forEach((row, at) => close(table.rows[at]!.slice(1), row, 1));
    },
  );
});

describe('permutation importance as scikit-learn makes it', () => {
  const { weights, x, classes, numbers: truth, repeats, classification, regression } = golden.permutation;
  const inputs = weights.map((_, at) => `x${at}`);
  const test = createFrame(
    inputs.map((name, at) =>
      numericColumn(
        name,
        x.map((row) => row[at]!),
      ),
    ),
  );
  const plane = (given: Frame): Float64Array => {
    const columns = inputs.map((name) => asNumeric(column(given, name)).values);
    return Float64Array.from({ length: given.rows }, (_, row) =>
      weights.reduce((sum, weight, at) => sum + weight * columns[at]![row]!, 0),
    );
  };
  const sign: FittedModel = {
    answers: 'classes',
    inputs,
    output: 'sign',
    classes: ['0', '1'],
    predict: (given) => {
      const positive = plane(given).map((value) => (value > 0 ? 1 : 0));
      return matrix(given.rows, 2, Float64Array.of(...positive.map((value) => 1 - value), ...positive));
    },
  };
  const linear: FittedModel = { answers: 'numbers', inputs, output: 'plane', predict: plane };
  const OURS = 1000;

  function compare(
    explainer: GlobalExplainer,
    model: FittedModel,
    target: Int32Array | Float64Array,
    expected: Importance,
  ) {
    const params = parametersFor(explainer, { scoring: expected.scoring, n_repeats: OURS });
    const { explanation } = explainer.explain(model, { frame: test, truth: target }, params, { seed: 1 });
    const [means, stds] = [explanation['importances_mean'], explanation['importances_std']] as [number[], number[]];
    expected.means.forEach((mean, at) => {
      // Two samples of the same deals: means within five standard errors and the third decimal that is kept.
      const error = expected.stds[at]! * Math.sqrt(1 / OURS + 1 / repeats);
      expect(Math.abs(means[at]! - mean)).toBeLessThanOrEqual(5 * error + 5e-4);
      expect(Math.abs(stds[at]! - expected.stds[at]!)).toBeLessThanOrEqual(0.15 * expected.stds[at]! + 5e-4);
    });
  }

  it.each(classification.map((one) => [one.scoring, one] as const))('%s', (_, expected) =>
    compare(
      registry.find('PermutationFeatureImportance', 'global-explainer'),
      sign,
      Int32Array.from(classes),
      expected,
    ),
  );
  it.each(regression.map((one) => [one.scoring, one] as const))('%s', (_, expected) =>
    compare(
      registry.find('RegressionPermutationFeatureImportance', 'global-explainer'),
      linear,
      Float64Array.from(truth),
      expected,
    ),
  );
});
