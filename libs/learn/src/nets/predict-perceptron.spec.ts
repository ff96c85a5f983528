import { describe, expect, it } from 'vitest';

import { matrix, random } from '#linalg';

import { activations, FUNCTIONS, layoutOf, type Perceptron } from './perceptron.js';
import { predictPerceptron } from './predict-perceptron.js';

describe('predictPerceptron', () => {
  const { normal } = random(4);
  const rows = 2051;
  const numbers = (length: number): Float64Array => Float64Array.from({ length }, normal);

  it.each(activations.flatMap((activation) => [1, 4, 6].map((hidden) => [activation, hidden] as const)))(
    'equals the plain sums, with blocks and spare rows and units (%s, %i hidden)',
    (activation, hidden) => {
      const inputs = 3;
      const { hiddenBias, output, outputBias, size } = layoutOf(inputs, hidden);
      const net: Perceptron = {
        ...{ inputs, hidden, activation, weights: numbers(size), means: numbers(4) },
        scales: numbers(4).map((value) => 0.5 + Math.abs(value)),
      };
      const { weights, means, scales } = net;
      const x = matrix(rows, inputs, numbers(rows * inputs));
      x.data[0] = 1e4;
      x.data[1] = -1e4;
      const answers = predictPerceptron(net, x);
      for (let i = 0; i < rows; i++) {
        let sum = weights[outputBias]!;
        for (let k = 0; k < hidden; k++) {
          let unit = weights[hiddenBias + k]!;
          for (let j = 0; j < inputs; j++)
            unit += ((x.data[j * rows + i]! - means[j]!) / scales[j]!) * weights[j * hidden + k]!;
          sum += FUNCTIONS[activation](unit) * weights[output + k]!;
        }
        const truth = means[inputs]! + scales[inputs]! * sum;
        expect(Math.abs(answers[i]! - truth)).toBeLessThan(1e-12 * Math.max(1, Math.abs(truth)));
      }
    },
  );

  it('keeps the digits of small values of tanh', () => {
    const net: Perceptron = {
      ...{ inputs: 1, hidden: 1, activation: 'tanh', weights: Float64Array.of(1, 0, 1, 0) },
      ...{ means: new Float64Array(2), scales: Float64Array.of(1, 1) },
    };
    const values = Float64Array.of(0, 1e-300, -1e-9, 1e-3, -0.1, 0.3, -0.4, 1, 5, -20, 800);
    predictPerceptron(net, matrix(values.length, 1, values)).forEach((answer, i) => {
      const truth = Math.tanh(values[i]!);
      expect(Math.abs(answer - truth)).toBeLessThanOrEqual(8 * Number.EPSILON * Math.abs(truth));
    });
  });
});
