import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { type FittedModel, parametersFor, registry } from '#components';
import { categoricalColumn, column, createFrame, type Frame, numericColumn } from '#frame';

type Rows = Readonly<Record<'age' | 'income' | 'hours', number[]>> & { readonly colour: string[] };
interface Golden {
  readonly weights: number[];
  readonly bias: number;
  readonly shift: Readonly<Record<string, number>>;
  readonly train: Rows;
  readonly asked: Rows;
  readonly searches: Readonly<Record<string, { found: number; valid: number; distance: number; changes: number }>>;
}
const golden = JSON.parse(readFileSync(new URL('dice.json', import.meta.url), 'utf8')) as Golden;
const NUMBERS = ['age', 'income', 'hours'] as const;

const frameOf = (rows: Rows): Frame =>
  createFrame([...NUMBERS.map((name) => numericColumn(name, rows[name])), categoricalColumn('colour', rows.colour)]);
const numbersOf = (frame: Frame, name: string): ArrayLike<number> => {
  const source = column(frame, name);
  if (source.kind !== 'numeric') throw new Error(`${name} is no number`);
  return source.values;
};
/** The logistic model that the reference's searches were asked with. */
const model: FittedModel = {
  inputs: [...NUMBERS, 'colour'],
  output: 'kind',
  answers: 'classes',
  classes: ['0', '1'],
  predict(frame) {
    const colour = column(frame, 'colour');
    if (colour.kind !== 'categorical') throw new Error('no colours');
    const data = new Float64Array(frame.rows * 2);
    for (let row = 0; row < frame.rows; row++) {
      const z = NUMBERS.reduce(
        (sum, name, at) => sum + golden.weights[at]! * numbersOf(frame, name)[row]!,
        golden.bias + golden.shift[colour.dictionary[colour.codes[row]!]!]!,
      );
      data[frame.rows + row] = 1 / (1 + Math.exp(-z));
      data[row] = 1 - data[frame.rows + row]!;
    }
    return { rows: frame.rows, cols: 2, data };
  },
};

interface Explained {
  readonly instance_values: (number | string)[];
  readonly predicted_class: string;
  readonly counterfactuals: { values: (number | string)[]; predicted_class: string }[];
}
const ranges = NUMBERS.map((name) => Math.max(...golden.train[name]) - Math.min(...golden.train[name]));

/** How far a row lies from another, measured as the reference's were, and in how many inputs. */
function between(
  own: readonly (number | string)[],
  other: readonly (number | string)[],
): [far: number, changes: number] {
  const steps = own.map((cell, at) =>
    typeof cell === 'number' ? Math.abs(cell - (other[at] as number)) / ranges[at]! : Number(cell !== other[at]),
  );
  return [steps.reduce((sum, step) => sum + step, 0), steps.filter((step) => step > 1e-9).length];
}
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Two of the three searches draw at random, and all three end in steps of their own, so rows cannot be compared. What makes a
 * counterfactual good can: it is answered as wanted, lies near, and changes little.
 */
describe.each(Object.entries(golden.searches))('DiceCounterfactual by %s, beside dice_ml', (method, reference) => {
  const explainer = registry.find('DiceCounterfactual', 'local-explainer');
  const params = parametersFor(explainer, { method, total_cfs: 3 });
  const { explanation } = explainer.explain(model, frameOf(golden.train), frameOf(golden.asked), params, { seed: 7 });
  const rows = golden.asked.age.map((_, row) => explanation[String(row)] as Explained);
  const found = rows.flatMap(({ instance_values, predicted_class, counterfactuals }) =>
    counterfactuals.map((one) => ({ ...one, of: predicted_class, own: instance_values })),
  );

  it('finds as many rows, all of the other class', () => {
    expect(found.length).toBeGreaterThanOrEqual(reference.found);
    const { data, rows: count } = model.predict(
      frameOf({
        age: found.map(({ values }) => values[0] as number),
        income: found.map(({ values }) => values[1] as number),
        hours: found.map(({ values }) => values[2] as number),
        colour: found.map(({ values }) => values[3] as string),
      }),
    );
    found.forEach(({ of }, row) => expect(data[count + row]! > 0.5 ? '1' : '0').not.toBe(of));
    expect(reference.valid).toBeLessThanOrEqual(reference.found);
  });

  it('as near', () => {
    expect(mean(found.map(({ own, values }) => between(own, values)[0]))).toBeLessThanOrEqual(reference.distance);
  });

  it('changing no more inputs', () => {
    expect(mean(found.map(({ own, values }) => between(own, values)[1]))).toBeLessThanOrEqual(reference.changes);
  });
});
