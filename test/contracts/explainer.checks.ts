import { gzipSync } from 'node:zlib';

import { expect } from 'vitest';

import {
  parametersFor,
  registry,
  type ExplanationDraft,
  type FittedModel,
  type GlobalExplainer,
  type GroupedDraft,
  type LocalExplainer,
  type Model,
} from '#components';
import { AppError } from '#contract';
import { storyOf } from '#i18n';
import { Cancelled } from '#linalg';

import { context, fit, INPUTS, rowsFor, train } from './explained-models.js';
import { figureViolations } from './plotly-schema.js';
import { cellsOf, firstRows } from './toy-frames.js';
import type { Check } from './waivers.js';

/** The explainer with each compatible model. */
export function everyModel(
  explainer: GlobalExplainer | LocalExplainer,
  look: (model: FittedModel, name: string) => void,
): void {
  const models = registry.all.filter(
    (one): one is Model =>
      (one.kind === 'classifier' || one.kind === 'regressor') &&
      one.tasks.some((task) => explainer.tasks.includes(task)),
  );
  expect(models.length).toBeGreaterThan(0);
  for (const model of models) look(fit(model), model.name);
}

/** Defaults, but few points of a grid and few repeats, for speed. */
const QUICK: Readonly<Record<string, unknown>> = { random_state: 3, grid_resolution: 8 };
/** Figures are known to Plotly and small, and every sentence has its text. */
export function look(artifact: ExplanationDraft | GroupedDraft): void {
  expect(gzipSync(JSON.stringify(artifact)).length).toBeLessThan(200_000);
  const leaves = artifact.type === 'grouped' ? artifact.groups.flatMap((group) => group.artifacts) : [artifact];
  const told = artifact.type === 'grouped' ? artifact.groups : [artifact];
  expect(leaves.length).toBeGreaterThan(0);
  for (const leaf of leaves) if (leaf.type === 'plotly') expect(figureViolations(leaf.payload)).toEqual([]);
  for (const { sentences } of told) {
    expect(sentences?.length).toBeGreaterThan(0);
    for (const [locale, text] of Object.entries(storyOf(sentences)!))
      expect(text, locale).not.toMatch(/\?|\{\{|[a-z]-[a-z]+-/);
  }
}

const defaults = (explainer: GlobalExplainer, given: Readonly<Record<string, unknown>> = {}) =>
  parametersFor(
    explainer,
    Object.fromEntries(Object.entries({ ...QUICK, ...given }).filter(([key]) => key in explainer.params)),
  );

interface Ranked {
  readonly features: string[];
  readonly importances_mean: number[];
  readonly importances_std: number[];
}

export const explainerChecks: readonly Check<GlobalExplainer>[] = [
  {
    name: 'explains every compatible model, with figures known to Plotly and small',
    run: (explainer) =>
      everyModel(explainer, (model) => {
        const params = parametersFor(explainer, {});
        const { explanation, artifacts } = explainer.explain(model, rowsFor(model, train), params, context);
        expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
        expect(artifacts.length).toBeGreaterThan(0);
        artifacts.forEach(look);
      }),
  },
  {
    name: 'equal seeds give equal explanations, and the data stay as they were',
    run: (explainer) => {
      const before = cellsOf(train);
      everyModel(explainer, (model) => {
        const once = () => explainer.explain(model, rowsFor(model, train), defaults(explainer), context);
        expect(once()).toEqual(once());
      });
      expect(cellsOf(train)).toEqual(before);
    },
  },
  {
    name: 'one row, no rows: a result or a typed error',
    run: (explainer) =>
      everyModel(explainer, (model) => {
        for (const rows of [1, 0])
          try {
            const { explanation } = explainer.explain(
              model,
              rowsFor(model, firstRows(train, rows)),
              defaults(explainer),
              context,
            );
            expect(JSON.stringify(explanation)).not.toContain('NaN');
          } catch (error) {
            expect(error).toBeInstanceOf(AppError);
          }
      }),
  },
  {
    name: 'a cancelled explanation stops at the next tick; ticks rise to the total',
    run: (explainer) => {
      let ticks = 0;
      everyModel(explainer, (model) => {
        const told: number[] = [];
        const params = defaults(explainer, { n_repeats: 2 });
        explainer.explain(model, rowsFor(model, train), params, {
          ...context,
          tick: (done, total) => told.push(done / total),
        });
        expect(told).toEqual([...told].sort((a, b) => a - b));
        expect(told.at(-1)).toBe(1);
        ticks = 0;
        const stop = () => {
          if (++ticks === 2) throw new Cancelled();
        };
        expect(() => explainer.explain(model, rowsFor(model, train), params, { ...context, tick: stop })).toThrow(
          Cancelled,
        );
        expect(ticks).toBe(2);
      });
    },
  },
];

/** What holds of those that measure importance. */
export const importanceChecks: readonly Check<GlobalExplainer>[] = [
  {
    name: 'importance: each input once, a constant counts nothing, the strongest leads',
    run: (explainer) =>
      everyModel(explainer, (model, name) => {
        const { explanation } = explainer.explain(model, rowsFor(model, train), defaults(explainer), context);
        const { features, importances_mean: means, importances_std: stds } = explanation as unknown as Ranked;
        expect([features, means.length, stds.length]).toEqual([INPUTS, INPUTS.length, INPUTS.length]);
        expect([means[3], stds[3]]).toEqual([0, 0]);
        if (!name.startsWith('Dummy')) expect(means[0]).toBe(Math.max(...means));
        else expect(means).toEqual(INPUTS.map(() => 0));
      }),
  },
  {
    name: 'every score and a share of the rows work',
    run: (explainer) =>
      everyModel(explainer, (model) => {
        const scoring = explainer.params['scoring'];
        for (const option of scoring?.kind === 'choice' ? scoring.options : [])
          for (const share of [0, 0.3]) {
            const params = defaults(explainer, { scoring: option, n_repeats: 3, max_samples_fraction: share });
            const { explanation } = explainer.explain(model, rowsFor(model, train), params, context);
            expect((explanation as unknown as Ranked).importances_mean).toHaveLength(INPUTS.length);
          }
      }),
  },
];
