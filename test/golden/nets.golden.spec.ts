import { readFileSync } from 'node:fs';

import { expect, it } from 'vitest';

import { fitPerceptron, type PerceptronOptions, predictPerceptron } from '#learn';
import { fromRows } from '#linalg';

interface Case {
  name: string;
  options: PerceptronOptions;
  start: number[];
  weights: number[];
  answers: number[];
}
const golden = JSON.parse(readFileSync(new URL('nets.json', import.meta.url), 'utf8')) as {
  x: number[][];
  queries: number[][];
  y: number[];
  cases: Case[];
};
const TOLERANCE = 1e-9;

it.each(golden.cases)('a network trained from given weights as scikit-learn trains it: $name', (made) => {
  const options = { ...made.options, start: Float64Array.from(made.start), inOrder: true };
  const net = fitPerceptron(fromRows(golden.x), Float64Array.from(golden.y), options, { seed: 1 });
  const answers = predictPerceptron(net, fromRows(golden.queries));
  for (const [ours, theirs] of [
    [net.weights, made.weights],
    [answers, made.answers],
  ] as const) {
    expect(ours).toHaveLength(theirs.length);
    theirs.forEach((value, i) =>
      expect(Math.abs(ours[i]! - value), `at ${i}: ${ours[i]!} for ${value}`).toBeLessThanOrEqual(
        TOLERANCE * Math.max(1, Math.abs(value)),
      ),
    );
  }
});
