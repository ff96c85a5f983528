import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { parametersFor, registry, type FittedModel } from '#components';
import { asNumeric, column, createFrame, type Frame, numericColumn } from '#frame';
import { matrix } from '#linalg';

interface Node {
  readonly feature: number;
  readonly threshold: number;
  readonly left: number;
  readonly right: number;
  readonly values: readonly number[];
}
interface Dependence {
  readonly resolution: number;
  readonly low: number;
  readonly high: number;
  readonly features: readonly { grid: number[]; average: number[][] }[];
}
interface Shapley {
  readonly link?: string;
  readonly base: number[];
  readonly values: number[][][];
}
type Shapleys = Record<'linear' | 'softmax' | 'treeOfClasses' | 'treeOfNumbers', Shapley[]>;
interface Golden {
  readonly x: number[][];
  readonly models: {
    linear: { weights: number[]; bias: number };
    softmax: { weights: number[][] };
    treeOfClasses: { nodes: Node[] };
    treeOfNumbers: { nodes: Node[] };
  };
  readonly dependence: Record<'linear' | 'softmax', Dependence[]>;
  readonly shapley: Shapleys & {
    background: number[][];
    asked: number[][];
    gaps: Shapley & { background: number[][] };
  };
}
const golden = JSON.parse(readFileSync(new URL('explainers.json', import.meta.url), 'utf8')) as Golden;

const inputs = golden.x[0]!.map((_, at) => `x${at}`);
const frameOf = (rows: readonly number[][]): Frame =>
  createFrame(
    inputs.map((name, at) =>
      numericColumn(
        name,
        rows.map((row) => row[at]!),
      ),
    ),
  );
const rowsOf = (frame: Frame): number[][] => {
  const columns = inputs.map((name) => asNumeric(column(frame, name)).values);
  return Array.from({ length: frame.rows }, (_, row) => columns.map((values) => values[row]!));
};

const dot = (row: readonly number[], weights: readonly number[]): number =>
  row.reduce((sum, value, at) => sum + value * weights[at]!, 0);
/** The values of the leaf a row falls into; the reference reads its inputs in single precision. */
function leaf(nodes: readonly Node[], row: readonly number[]): readonly number[] {
  let node = nodes[0]!;
  while (node.left >= 0) node = nodes[Math.fround(row[node.feature]!) <= node.threshold ? node.left : node.right]!;
  return node.values;
}

const { linear, softmax, treeOfClasses, treeOfNumbers } = golden.models;
const numbers = (answer: (row: number[]) => number): FittedModel => ({
  answers: 'numbers',
  inputs,
  output: 'number',
  predict: (frame) => Float64Array.from(rowsOf(frame), answer),
});
const classes = (answer: (row: number[]) => readonly number[]): FittedModel => ({
  answers: 'classes',
  inputs,
  output: 'class',
  classes: ['0', '1', '2'],
  predict: (frame) => {
    const answers = rowsOf(frame).map(answer);
    return matrix(frame.rows, 3, Float64Array.from([0, 1, 2].flatMap((k) => answers.map((row) => row[k]!))));
  },
});
const models = {
  linear: numbers((row) => dot(row, linear.weights) + linear.bias),
  softmax: classes((row) => {
    const powers = softmax.weights.map((weights) => Math.exp(dot(row, weights)));
    const total = powers.reduce((sum, power) => sum + power, 0);
    return powers.map((power) => power / total);
  }),
  treeOfClasses: classes((row) => leaf(treeOfClasses.nodes, row)),
  treeOfNumbers: numbers((row) => leaf(treeOfNumbers.nodes, row)[0]!),
};

const close = (actual: readonly number[], expected: readonly number[], tolerance: number): void => {
  expect(actual.length).toBe(expected.length);
  expected.forEach((value, at) =>
    expect(Math.abs(actual[at]! - value)).toBeLessThanOrEqual(tolerance * Math.max(1, Math.abs(value))),
  );
};

describe('partial dependence as scikit-learn makes it', () => {
  const cases = (['linear', 'softmax'] as const).flatMap((name) =>
    golden.dependence[name].map((one) => [name, one.resolution, one] as const),
  );
  it.each(cases)('%s on a grid of %i', (name, resolution, { low, high, features }) => {
    const regression = name === 'linear';
    const explainer = registry.find(
      regression ? 'RegressionPartialDependence' : 'PartialDependence',
      'global-explainer',
    );
    const params = parametersFor(explainer, {
      grid_resolution: resolution,
      lower_percentile: low,
      upper_percentile: high,
    });
    const test = { frame: frameOf(golden.x), truth: new Float64Array(golden.x.length) };
    const { explanation } = explainer.explain(models[name], test, params, { seed: 1 });
    features.forEach(({ grid, average }, at) => {
      const found = explanation[`x${at}`] as { grid_values: number[]; average: number[][] };
      close(found.grid_values, grid, 1e-10);
      average.forEach((expected, target) => close(found.average[target]!, expected, 1e-9));
    });
  });
});

interface Instance {
  readonly shap_values: number[][];
}
describe('Shapley values as the shap package makes them', () => {
  const explained = (
    name: keyof Shapleys,
    background: readonly number[][],
    asked: readonly number[][],
    given: object,
  ): Record<string, unknown> => {
    const explainer = registry.find(
      models[name].answers === 'numbers' ? 'RegressionKernelShap' : 'KernelShap',
      'local-explainer',
    );
    const params = parametersFor(explainer, { fit_parameter_sample_background_data: false, ...given });
    return explainer.explain(models[name], frameOf(background), frameOf(asked), params, { seed: 1 }).explanation;
  };
  const compare = (explanation: Record<string, unknown>, { base, values }: Shapley): void => {
    close(explanation['base_values'] as number[], base, 1e-9);
    values.forEach((targets, row) =>
      targets.forEach((expected, target) =>
        close((explanation[String(row)] as Instance).shap_values[target]!, expected, 1e-6),
      ),
    );
  };

  const { background, asked, gaps, ...byModel } = golden.shapley;
  const cases = (Object.keys(byModel) as (keyof Shapleys)[]).flatMap((name) =>
    byModel[name].map((one) => [name, one.link!, one] as const),
  );
  it.each(cases)('%s, link %s', (name, link, expected) => {
    const given = models[name].answers === 'numbers' ? {} : { link };
    compare(explained(name, background, asked, given), expected);
  });

  it('inputs in which the background does not differ', () => {
    compare(explained('softmax', gaps.background, asked.slice(0, 1), {}), gaps);
  });
});
