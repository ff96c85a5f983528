import { expect } from 'vitest';

import { parametersFor, type FittedModel, type LocalExplainer } from '#components';
import { AppError } from '#contract';
import { select } from '#frame';
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
        expect(artifacts[0].groups.map(({ title }) => title)).toEqual(['Instance 1', 'Instance 2', 'Instance 3']);
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

function logit(probability: number): number {
  const inside = Math.min(1 - 1e-6, Math.max(1e-6, probability));
  return Math.log(inside / (1 - inside));
}
