import { gzipSync } from 'node:zlib';

import { describe, expect, it } from 'vitest';

import { type Outcome, parametersFor, registry, type Report, type StatisticalTest } from '#components';
import type { MetricPoint } from '#contract';
import { matrix, random } from '#linalg';

import { figureViolations } from './plotly-schema.js';

const ROWS = 5000;
const { float, normal, below } = random(4);

/** Answers of a classifier that is often right, of a column name that could be markup. */
function classes(count: number, rows = ROWS): Outcome {
  const truth = Int32Array.from({ length: rows }, () => below(count));
  const probabilities = matrix(rows, count);
  for (let row = 0; row < rows; row++) {
    const weights = Array.from({ length: count }, (_, k) => float() + (k === truth[row] ? 1 : 0));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    weights.forEach((weight, k) => (probabilities.data[k * rows + row] = weight / total));
  }
  return { answers: 'classes', classes: Array.from({ length: count }, (_, k) => `<c${k}>`), truth, probabilities };
}
function numbers(rows = ROWS): Outcome {
  const truth = Float64Array.from({ length: rows }, normal);
  return { answers: 'numbers', output: '<price>', truth, predicted: truth.map((value) => value + normal() / 5) };
}
const history: MetricPoint[] = [0, 1, 2].map((step) => ({
  split: 'test',
  level: 'step',
  name: 'Accuracy',
  step,
  value: step / 4,
}));

const reports = registry.all.filter((component): component is Report => component.kind === 'report');
describe.each(reports.map((report) => [report.name, report] as const))('%s', (_, report) => {
  const outcomes: Outcome[] = [
    ...(report.tasks.includes('TabularClassificationTask') ? [classes(2), classes(3), classes(40)] : []),
    ...(report.tasks.includes('RegressionTask') ? [numbers()] : []),
  ];
  const draw = (outcome: Outcome) => report.compute({ part: 'test', outcome, history }, parametersFor(report, {}));

  it('draws figures that Plotly knows, small whatever the rows, the same each time', () => {
    expect(outcomes.length).toBeGreaterThan(0);
    for (const outcome of outcomes) {
      const drafts = draw(outcome);
      expect(drafts.length).toBeGreaterThan(0);
      expect(draw(outcome)).toEqual(drafts);
      for (const draft of drafts) {
        if (draft.type !== 'plotly') throw new Error('not a figure');
        expect(figureViolations(draft.payload)).toEqual([]);
        expect(draft.payload).not.toMatch(/<(c0|price)>/);
        expect(gzipSync(draft.payload).length).toBeLessThan(200_000);
      }
    }
  });

  it('one row, or rows of one class: figures or none, and no NaN', () => {
    for (const outcome of [
      ...(report.tasks.includes('TabularClassificationTask') ? [classes(2, 1), classes(3, 1)] : []),
      ...(report.tasks.includes('RegressionTask') ? [numbers(1)] : []),
    ])
      for (const draft of draw(outcome)) expect(JSON.stringify(draft)).not.toMatch(/NaN|undefined/);
  });
});

const tests = registry.all.filter((component): component is StatisticalTest => component.kind === 'statistical-test');
describe.each(tests.map((test) => [test.name, test] as const))('%s', (_, test) => {
  const options = { alpha: 0.05, alternative: 'two-sided', correction: null } as const;
  const score = {
    spread: (run: number, shift: number) => (1 + run * shift) * normal(),
    normality: (_: number, shift: number) => Math.exp(shift * normal()) + normal() / 10,
    differing: (run: number, shift: number) => run * shift + normal() / 10,
  }[test.helps ?? 'differing'];
  const scores = (shift: number) =>
    Array.from({ length: Math.max(3, test.minRuns) }, (_one, run) =>
      Array.from({ length: 12 }, () => score(run, shift)),
    );

  it('finds a large difference and gives p-values between 0 and 1', () => {
    for (const shift of [0, 0.01, 10]) {
      const { pValue, pairs } = test.run(scores(shift), options);
      const values = [...(pValue === null ? [] : [pValue]), ...(pairs ?? []).map((pair) => pair.pValue)];
      expect(values.length).toBeGreaterThan(0);
      for (const value of values) expect(value >= 0 && value <= 1).toBe(true);
      if (shift === 10) expect(Math.min(...values)).toBeLessThan(0.002);
    }
  });

  it('is followed by a test of pairs that exists', () => {
    if (test.followedBy === undefined) return;
    expect(registry.find(test.followedBy, 'statistical-test').postHoc).toBe(true);
  });
});
