import { expect } from 'vitest';

import { parametersFor, type FittedModel, type LocalExplainer } from '#components';
import { AppError, wordsIn } from '#contract';
import { type Frame, fromRecords, select, toRecords } from '#frame';
import { Cancelled } from '#linalg';

import { context, INPUTS, train } from './explained-models.js';
import { everyModel, look } from './explainer.checks.js';
import { cellsOf, firstRows } from './toy-frames.js';
import type { Check } from './waivers.js';

const learnt = select(firstRows(train, 40), INPUTS);
const asked = select(firstRows(train, 3), INPUTS);

interface Instance {
  readonly instance_values: unknown[];
  readonly model_prediction: number[];
  readonly shap_values: number[][];
}
interface Explanation {
  readonly metadata: { feature_names: string[]; target_names: string[] };
  readonly base_values: number[];
}

const explain = (explainer: LocalExplainer, model: FittedModel, given = {}) =>
  explainer.explain(model, learnt, asked, parametersFor(explainer, given), context);

/** What is demanded of every local explainer. */
export const localExplainerChecks: readonly Check<LocalExplainer>[] = [
  {
    name: 'explains every compatible model, one group a row, its inputs shown apart',
    run: (explainer) =>
      everyModel(explainer, (model) => {
        const { explanation, artifacts } = explain(explainer, model);
        expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
        expect(artifacts).toHaveLength(1);
        const titles = artifacts[0].groups.map(({ title }) => wordsIn(title, 'en'));
        expect(titles).toEqual(['Instance 1', 'Instance 2', 'Instance 3']);
        for (const { artifacts: leaves } of artifacts[0].groups)
          expect(leaves.map(({ role }) => role)).toEqual(['input', undefined]);
        artifacts.forEach(look);
      }),
  },
  {
    name: 'equal seeds give equal explanations, and the data stay as they were',
    run: (explainer) => {
      const before = cellsOf(train);
      everyModel(explainer, (model) => expect(explain(explainer, model)).toEqual(explain(explainer, model)));
      expect(cellsOf(train)).toEqual(before);
    },
  },
  {
    name: 'one row, no rows, no background: a result or a typed error',
    run: (explainer) =>
      everyModel(explainer, (model) => {
        for (const [background, rows] of [
          [1, 1],
          [1, 0],
          [0, 1],
        ] as const)
          try {
            const { explanation } = explainer.explain(
              model,
              firstRows(learnt, background),
              firstRows(asked, rows),
              parametersFor(explainer, {}),
              context,
            );
            expect(JSON.stringify(explanation)).not.toMatch(/null|NaN/);
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
          }
      }),
  },
  {
    name: 'a cancelled explanation stops at the next tick; ticks rise to the total',
    run: (explainer) =>
      everyModel(explainer, (model) => {
        const told: number[] = [];
        const tick = (done: number, total: number): number => told.push(done / total);
        explainer.explain(model, learnt, asked, parametersFor(explainer, {}), { ...context, tick });
        expect(told).toEqual([...told].sort((a, b) => a - b));
        expect(told.at(-1)).toBe(1);
        let ticks = 0;
        const stop = (): void => {
          if (++ticks === 2) throw new Cancelled();
        };
        expect(() =>
          explainer.explain(model, learnt, asked, parametersFor(explainer, {}), { ...context, tick: stop }),
        ).toThrow(Cancelled);
        expect(ticks).toBe(2);
      }),
  },
];

/** What is demanded of those that share out a prediction. */
export const shapleyChecks: readonly Check<LocalExplainer>[] = [
  {
    name: 'efficiency: the base and the values of a row sum to its prediction; a constant counts nothing',
    run: (explainer) =>
      everyModel(explainer, (model) => {
        for (const link of 'link' in explainer.params ? ['identity', 'logit'] : [undefined]) {
          const { explanation } = explain(explainer, model, link ? { link } : {});
          const { base_values: base, metadata } = explanation as unknown as Explanation;
          expect(metadata.feature_names).toEqual(INPUTS);
          for (let row = 0; row < asked.rows; row++) {
            const { model_prediction: answers, shap_values: values } = explanation[row] as Instance;
            values.forEach((some, target) => {
              const unit = link === 'logit' ? logit(answers[target]!) : answers[target]!;
              const sum = some.reduce((total, value) => total + value, base[target]!);
              expect(Math.abs(sum - unit)).toBeLessThanOrEqual(1e-8 * Math.max(1, Math.abs(unit)));
              expect(some[INPUTS.indexOf('constant')]).toBe(0);
            });
          }
        }
      }),
  },
];

interface Contrast {
  readonly model_prediction: number[];
  readonly fact_class: string;
  readonly foil_class: string;
  readonly delta: number[];
}

/** What is demanded of those that set one class against another. */
export const contrastChecks: readonly Check<LocalExplainer>[] = [
  {
    name: 'the differences sum to what fact and foil differ in, beyond their bases; a constant counts nothing',
    run: (explainer) =>
      everyModel(explainer, (model) => {
        if (model.answers !== 'classes') throw new Error('no classes');
        const { explanation } = explain(explainer, model);
        const { base_values: base } = explanation as unknown as Explanation;
        for (let row = 0; row < asked.rows; row++) {
          const { model_prediction: answers, fact_class, foil_class, delta } = explanation[row] as Contrast;
          const [fact, foil] = [model.classes.indexOf(fact_class), model.classes.indexOf(foil_class)];
          expect(answers[fact]).toBe(Math.max(...answers));
          expect(answers.filter((answer) => answer > answers[foil]!).length).toBeLessThanOrEqual(1);
          expect(foil).not.toBe(fact);
          const sum = delta.reduce((total, value) => total + value, 0);
          expect(sum).toBeCloseTo(answers[fact]! - answers[foil]! - (base[fact]! - base[foil]!), 8);
          expect(delta[INPUTS.indexOf('constant')]).toBe(0);
        }
      }),
  },
  {
    name: 'the foil is the class that was named, and one that is none is refused',
    run: (explainer) =>
      everyModel(explainer, (model) => {
        const { explanation } = explain(explainer, model, { foil_class: 'c' });
        for (let row = 0; row < asked.rows; row++) {
          const { fact_class, foil_class } = explanation[row] as Contrast;
          if (fact_class !== 'c') expect(foil_class).toBe('c');
          else expect(foil_class).not.toBe('c');
        }
        expect(() => explain(explainer, model, { foil_class: 'd' })).toThrow('parameters-invalid');
      }),
  },
];

interface Counterfactuals {
  readonly instance_values: unknown[];
  readonly predicted_class: string;
  readonly counterfactuals: {
    values: unknown[];
    predicted_class: string;
    distance?: number;
    changed_features: string[];
  }[];
}

/** Every value of every parameter that has a few, one at a time. */
const variants = (explainer: LocalExplainer): Record<string, unknown>[] =>
  Object.entries(explainer.params).flatMap(([name, field]) =>
    field.kind === 'choice' ? field.options.map((option) => ({ [name]: option })) : [],
  );
const frameOf = (values: readonly unknown[][]): Frame =>
  fromRecords(
    values.map((row) => Object.fromEntries(INPUTS.map((name, at) => [name, row[at]]))),
    Object.fromEntries(learnt.columns.map(({ name, type }) => [name, type])),
  );

/** What is demanded of those that show rows answered otherwise. */
export const counterfactualChecks: readonly Check<LocalExplainer>[] = [
  {
    name: 'what it shows is answered as it says, differs where it says, and is made of cells of training rows',
    run: (explainer) =>
      everyModel(explainer, (model) => {
        if (model.answers !== 'classes') throw new Error('no classes');
        const known = toRecords(learnt);
        const answerOf = (frame: Frame): string[] => {
          const { rows, cols, data } = model.predict(frame);
          return Array.from({ length: rows }, (_, row) => {
            const chances = Array.from({ length: cols }, (_one, target) => data[target * rows + row]!);
            return model.classes[chances.indexOf(Math.max(...chances))]!;
          });
        };
        const answers = answerOf(learnt);
        for (const given of variants(explainer)) {
          const { explanation } = explain(explainer, model, given);
          for (let row = 0; row < asked.rows; row++) {
            const {
              instance_values: own,
              predicted_class: answer,
              counterfactuals: found,
            } = explanation[row] as Counterfactuals;
            const others = known.filter((_, at) => answers[at] !== answer);
            if (others.length > 0) expect(found.length).toBeGreaterThan(0);
            expect(found.length).toBeLessThanOrEqual(3);
            for (const { values, predicted_class: other, changed_features: changed } of found) {
              expect(answerOf(frameOf([values]))).toEqual([other]);
              expect(other).not.toBe(answer);
              expect(INPUTS.filter((_, at) => values[at] !== own[at])).toEqual(changed);
              values.forEach((value, at) =>
                expect(value === own[at] || known.some((one) => one[INPUTS[at]!] === value)).toBe(true),
              );
            }
            if (given['distance'] === undefined) continue;
            const nearest = others.map((one) => distance(Object.values(one), own, given['distance'] === 'l2'));
            nearest.sort((a, b) => a - b).length = Math.min(3, nearest.length);
            found.forEach((one, at) => expect(one.distance).toBeCloseTo(nearest[at]!, 9));
            expect(found).toHaveLength(nearest.length);
          }
        }
      }),
  },
];

/** What is demanded of those that are told which class should come out. */
export const wishChecks: readonly Check<LocalExplainer>[] = [
  {
    name: 'a class that is wished for is the one that comes out, and one that is none is refused',
    run: (explainer) =>
      everyModel(explainer, (model) => {
        for (const method of ['random', 'genetic', 'kdtree']) {
          const { explanation } = explain(explainer, model, { desired_class: 'c', method });
          for (let row = 0; row < asked.rows; row++) {
            const { predicted_class: answer, counterfactuals } = explanation[row] as Counterfactuals;
            if (answer === 'c') expect(counterfactuals).toEqual([]);
            for (const { predicted_class: other } of counterfactuals) expect(other).toBe('c');
          }
        }
        expect(() => explain(explainer, model, { desired_class: 'd' })).toThrow('parameters-invalid');
      }),
  },
];

const RANGES = INPUTS.map((name) => {
  const values = toRecords(learnt).map((one) => one[name]);
  return typeof values[0] === 'number' ? Math.max(...(values as number[])) - Math.min(...(values as number[])) : 1;
});
function distance(one: readonly unknown[], other: readonly unknown[], rooted: boolean): number {
  const parts = one.map((value, at) => {
    if (typeof value !== 'number') return value === other[at] ? 0 : 1;
    return Math.abs(value - (other[at] as number)) / (RANGES[at]! || 1);
  });
  const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
  return rooted ? Math.sqrt(sum(parts.map((part) => part ** 2))) : sum(parts);
}

function logit(probability: number): number {
  const inside = Math.min(1 - 1e-6, Math.max(1e-6, probability));
  return Math.log(inside / (1 - inside));
}
