import { gzipSync } from 'node:zlib';

import { expect } from 'vitest';

import {
  parametersFor,
  registry,
  type Classifier,
  type ExplainedRows,
  type FittedModel,
  type GlobalExplainer,
  type Model,
} from '#components';
import { AppError } from '#contract';
import {
  categoricalColumn,
  createFrame,
  encode,
  encodeClasses,
  fitEncoder,
  numericColumn,
  select,
  type Frame,
} from '#frame';
import { kernels } from '#learn';
import { Cancelled, matrix, random, serial, type FitContext } from '#linalg';

import { figureViolations } from './plotly-schema.js';
import { cellsOf, firstRows } from './toy-frames.js';
import type { Check } from './waivers.js';

const context: FitContext = { seed: 5, parallel: serial(kernels) };
const INPUTS = ['strong', 'weak', 'level', 'constant', 'noise'];

/** A class and a number that hang on `strong` and `level`, a little on `weak`, and not on `noise` or `constant`. */
function planted(rows: number): Frame {
  const { normal, below } = random(21);
  const draws = Array.from({ length: rows }, () => ({
    strong: normal(),
    weak: normal(),
    level: below(2),
    noise: normal(),
  }));
  const sum = draws.map(({ strong, weak, level }) => 3 * strong + 0.3 * weak + 2 * level);
  const numbers = (name: string, values: readonly number[]) => numericColumn(name, values);
  return createFrame([
    numbers(
      'strong',
      draws.map(({ strong }) => strong),
    ),
    numbers(
      'weak',
      draws.map(({ weak }) => weak),
    ),
    categoricalColumn(
      'level',
      draws.map(({ level }) => (level ? 'high' : 'low')),
    ),
    numbers(
      'constant',
      draws.map(() => 4),
    ),
    numbers(
      'noise',
      draws.map(({ noise }) => noise),
    ),
    numbers('number', sum),
    categoricalColumn(
      'class',
      sum.map((value) => (value < -1 ? 'a' : value < 2 ? 'b' : 'c')),
    ),
  ]);
}
const train = planted(150);

/** The model fitted on the planted rows, with defaults, as the platform does it. */
function fit(model: Model): FittedModel {
  const encoder = fitEncoder(train, INPUTS);
  const numbersOf = (frame: Frame) => {
    const encoded = encode(encoder, frame);
    return matrix(encoded.rows, encoded.cols, encoded.data);
  };
  const params = parametersFor(
    model,
    Object.fromEntries(Object.keys(model.params).flatMap((key) => (key === 'n_estimators' ? [[key, 20]] : []))),
  );
  if (model.kind === 'regressor') {
    const target = train.columns.find(({ name }) => name === 'number')!;
    const state = model.fit(
      numbersOf(train),
      target.kind === 'numeric' ? target.values : new Float64Array(0),
      params,
      context,
    );
    return { answers: 'numbers', inputs: INPUTS, predict: (frame) => model.predict(state, numbersOf(frame), context) };
  }
  const { classes, codes } = encodeClasses(train, 'class');
  const classifier: Classifier = model;
  const state = classifier.fit(numbersOf(train), codes, classes.length, params, context);
  return {
    answers: 'classes',
    inputs: INPUTS,
    classes,
    predict: (frame) => classifier.predict(state, numbersOf(frame), context),
  };
}

function rowsFor(model: FittedModel, frame: Frame): ExplainedRows {
  const target = frame.columns.find(({ name }) => name === (model.answers === 'classes' ? 'class' : 'number'))!;
  if (target.kind === 'text') throw new RangeError('no target');
  return { frame: select(frame, INPUTS), truth: target.kind === 'numeric' ? target.values : target.codes };
}

/** The explainer with each compatible model. */
function everyModel(explainer: GlobalExplainer, look: (model: FittedModel, name: string) => void): void {
  const models = registry.all.filter(
    (one): one is Model =>
      (one.kind === 'classifier' || one.kind === 'regressor') &&
      one.tasks.some((task) => explainer.tasks.includes(task)),
  );
  expect(models.length).toBeGreaterThan(0);
  for (const model of models) look(fit(model), model.name);
}

const defaults = (explainer: GlobalExplainer, given = {}) => parametersFor(explainer, { random_state: 3, ...given });

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
        const { explanation, artifacts } = explainer.explain(
          model,
          rowsFor(model, train),
          defaults(explainer),
          context,
        );
        expect(JSON.parse(JSON.stringify(explanation))).toEqual(explanation);
        expect(artifacts.length).toBeGreaterThan(0);
        for (const artifact of artifacts) {
          if (artifact.type === 'plotly') expect(figureViolations(artifact.payload)).toEqual([]);
          expect(gzipSync(JSON.stringify(artifact)).length).toBeLessThan(200_000);
        }
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
