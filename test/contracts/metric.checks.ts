import { expect } from 'vitest';

import type { Metric } from '#components';
import { matrix, type Matrix, random } from '#linalg';

import type { Check } from './waivers.js';

/** Truth and predictions of one part, of which a share was spoilt. */
type Case = (spoilt: number) => { score(metric: Metric): number; shuffled(metric: Metric): number };

const ROWS = 60;
const { float, below } = random(3);
const luck = Float64Array.from({ length: ROWS }, float);
const order = Array.from({ length: ROWS }, (_, i) => (i * 7) % ROWS);
const codes = Int32Array.from({ length: ROWS }, (_, i) => (i < 6 ? i % 3 : below(3)));

function classes(count: number): Case {
  return (spoilt) => {
    const truth = codes.map((k) => k % count);
    const probabilities = matrix(ROWS, count);
    for (let i = 0; i < ROWS; i++) {
      const said = luck[i]! < spoilt ? (truth[i]! + 1) % count : truth[i]!;
      for (let k = 0; k < count; k++)
        probabilities.data[k * ROWS + i] = k === said ? (spoilt ? 0.9 : 1) : spoilt ? 0.1 / (count - 1) : 0;
    }
    const score = (metric: Metric, y: Int32Array, p: Matrix): number =>
      metric.kind === 'classification-metric' ? metric.score(y, p) : NaN;
    const moved = matrix(ROWS, count);
    for (let k = 0; k < count; k++)
      order.forEach((from, to) => (moved.data[k * ROWS + to] = probabilities.data[k * ROWS + from]!));
    return {
      score: (metric) => score(metric, truth, probabilities),
      shuffled: (metric) =>
        score(
          metric,
          Int32Array.from(order, (from) => truth[from]!),
          moved,
        ),
    };
  };
}

const numbers: Case = (spoilt) => {
  const truth = luck.map((value) => 1 + 10 * value);
  const predicted = truth.map((value, i) => value + spoilt * (i % 2 === 0 ? 4 : -3));
  const score = (metric: Metric, y: Float64Array, p: Float64Array): number =>
    metric.kind === 'regression-metric' ? metric.score(y, p) : NaN;
  const moved = (values: Float64Array): Float64Array => Float64Array.from(order, (from) => values[from]!);
  return {
    score: (metric) => score(metric, truth, predicted),
    shuffled: (metric) => score(metric, moved(truth), moved(predicted)),
  };
};

const casesOf = (metric: Metric): readonly Case[] =>
  metric.kind === 'classification-metric' ? [classes(2), classes(3)] : [numbers];
const check = (name: string, run: (metric: Metric, make: Case) => void): Check<Metric> => ({
  name,
  run: (metric) => casesOf(metric).forEach((make) => run(metric, make)),
});

/** What is demanded of every metric. */
export const metricChecks: readonly Check<Metric>[] = [
  check('a perfect prediction is the best there is', (metric, make) => {
    expect(make(0).score(metric)).toBeCloseTo(metric.maximize ? 1 : 0, 12);
  }),
  check('the more is wrong, the worse the value, in the declared direction', (metric, make) => {
    const values = [0, 0.2, 0.6].map((spoilt) => make(spoilt).score(metric));
    const sign = metric.maximize ? 1 : -1;
    expect(sign * values[0]!).toBeGreaterThan(sign * values[1]!);
    expect(sign * values[1]!).toBeGreaterThan(sign * values[2]!);
  }),
  check('the order of rows does not matter', (metric, make) => {
    const one = make(0.3);
    expect(one.shuffled(metric)).toBeCloseTo(one.score(metric), 12);
  }),
  {
    name: 'a part where it is undefined gives a number or NaN, not a failure',
    run: (metric) => {
      const sure = matrix(3, 2, Float64Array.of(0, 0, 0, 1, 1, 1));
      const value =
        metric.kind === 'classification-metric'
          ? metric.score(Int32Array.of(1, 1, 1), sure)
          : metric.score(Float64Array.of(0), Float64Array.of(1));
      expect(value).toBeTypeOf('number');
      expect(Math.abs(value)).not.toBe(Infinity);
    },
  },
  {
    name: 'a class that occurs nowhere counts for nothing',
    run: (metric) => {
      if (metric.kind !== 'classification-metric') return;
      const truth = Int32Array.of(0, 1, 2, 2, 1, 0);
      const three = matrix(
        6,
        3,
        Float64Array.of(0.8, 0.6, 0, 0, 0.1, 0.7, 0.1, 0.3, 0, 0.2, 0.8, 0.2, 0.1, 0.1, 1, 0.8, 0.1, 0.1),
      );
      const four = matrix(6, 4, Float64Array.of(...three.data, ...new Float64Array(6)));
      expect(metric.score(truth, four), 'with a fourth class of no rows').toBeCloseTo(metric.score(truth, three), 12);
    },
  },
  {
    name: 'no rows and lengths that differ are refused',
    run: (metric) => {
      if (metric.kind === 'classification-metric') {
        expect(() => metric.score(new Int32Array(0), matrix(0, 2)), 'no rows').toThrow('no-rows');
        expect(() => metric.score(new Int32Array(2), matrix(3, 2)), '2 rows beside 3').toThrow('bad-shape');
      } else {
        expect(() => metric.score(new Float64Array(0), new Float64Array(0)), 'no rows').toThrow('no-rows');
        expect(() => metric.score(new Float64Array(2), new Float64Array(3)), '2 rows beside 3').toThrow('bad-shape');
      }
    },
  },
];
