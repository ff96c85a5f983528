import { expect } from 'vitest';

import { type Classifier, decodeState, encodeState, type Model, parametersFor, type Regressor } from '#components';
import { AppError } from '#contract';
import { kernels, predictedClasses } from '#learn';
import { Cancelled, type FitContext, type Matrix, matrix, NumericError, serial, takeRows } from '#linalg';

import { figureViolations } from './plotly-schema.js';
import { blobs, plane } from './toy-sets.js';
import type { Check } from './waivers.js';

/** A model over one toy set: what fitting and asking it takes, whatever it answers. */
export interface Subject {
  readonly model: Model;
  readonly x: Matrix;
  readonly fit: (x: Matrix, rows?: readonly number[], params?: object, context?: FitContext) => object;
  /** Answers flattened: probabilities column by column, or numbers. */
  readonly ask: (state: object, x: Matrix) => Float64Array;
  /** Length of the answers per row. */
  readonly width: number;
  /** How much better than guessing the fitted model is on these answers, 0 for no better. */
  readonly gain: (answers: Float64Array) => number;
}

const quiet: FitContext = { seed: 7 };
const all = (x: Matrix): number[] => Array.from({ length: x.rows }, (_, i) => i);

const accuracyOf = (truth: Int32Array, predicted: Int32Array): number =>
  truth.reduce((sum, k, i) => sum + (k === predicted[i] ? 1 : 0), 0) / truth.length;

function classifierSubject(model: Classifier): Subject {
  const { x, y, classes } = blobs();
  return {
    model,
    x,
    width: classes,
    fit: (inputs, rows = all(inputs), params = {}, context = quiet) =>
      model.fit(
        inputs,
        Int32Array.from(rows, (i) => y[i % y.length]!),
        classes,
        parametersFor(model, params as Record<string, unknown>),
        context,
      ),
    ask: (state, inputs) => model.predict(state, inputs, quiet).data,
    gain: (answers) => {
      const predicted = predictedClasses(matrix(x.rows, classes, answers));
      return accuracyOf(y, predicted) - 1 / classes;
    },
  };
}

function regressorSubject(model: Regressor): Subject {
  const { x, y } = plane();
  const mean = y.reduce((sum, value) => sum + value, 0) / y.length;
  return {
    model,
    x,
    width: 1,
    fit: (inputs, rows = all(inputs), params = {}, context = quiet) =>
      model.fit(
        inputs,
        Float64Array.from(rows, (i) => y[i % y.length]!),
        parametersFor(model, params as Record<string, unknown>),
        context,
      ),
    ask: (state, inputs) => model.predict(state, inputs, quiet),
    gain: (answers) => {
      const missed = y.reduce((sum, value, i) => sum + (value - answers[i]!) ** 2, 0);
      return 1 - missed / y.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    },
  };
}

const subjectOf = (model: Model): Subject =>
  model.kind === 'classifier' ? classifierSubject(model) : regressorSubject(model);

function allFinite(answers: Float64Array, of: string): void {
  const at = answers.findIndex((value) => !Number.isFinite(value));
  expect(at, `${of}: answer ${at} of ${answers.length} is ${answers[at]}`).toBe(-1);
}

/** Runs work that may fail with an error a person can understand, and with no other. */
function resultOrTypedError(of: string, work: () => Float64Array): void {
  let answers: Float64Array;
  try {
    answers = work();
  } catch (error) {
    if (!(error instanceof NumericError || error instanceof AppError)) throw error;
    return;
  }
  allFinite(answers, of);
}

const close = (given: Float64Array, expected: Float64Array, digits = 9): void => {
  expect(given.length).toBe(expected.length);
  given.forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, digits));
};

/** Every value of every parameter that has a few: switches, choices, null. */
function variants({ params }: Model): Record<string, unknown>[] {
  return Object.entries(params).flatMap(([name, field]) => {
    const some: readonly unknown[] =
      field.kind === 'bool'
        ? [true, false]
        : field.kind === 'choice'
          ? field.options
          : field.kind === 'union'
            ? (field.search ?? [])
            : [];
    return [...(field.nullable ? [null] : []), ...some].map((value) => ({ [name]: value }));
  });
}

const check = (name: string, run: (subject: Subject) => void): Check<Model> => ({
  name,
  run: (model) => run(subjectOf(model)),
});

/** What is demanded of every model. */
export const modelChecks: readonly Check<Model>[] = [
  check('equal seeds give equal predictions', ({ x, fit, ask }) => {
    expect(ask(fit(x), x)).toEqual(ask(fit(x), x));
  }),
  check('the seed matters only to models that say so', ({ model, x, fit, ask }) => {
    const other = fit(x, undefined, {}, { seed: 8 });
    if (!model.tags?.stochastic)
      expect(ask(other, x), 'another seed, another model: tags: { stochastic: true }').toEqual(ask(fit(x), x));
  }),
  check('inputs are left alone', ({ x, fit, ask }) => {
    const before = x.data.slice();
    ask(fit(x), x);
    expect(x.data, 'fit or predict wrote into x').toEqual(before);
  }),
  check('one finite answer per row, none for no rows', ({ x, fit, ask, width }) => {
    const state = fit(x);
    expect(ask(state, x)).toHaveLength(width * x.rows);
    allFinite(ask(state, x), 'training rows');
    resultOrTypedError('no rows', () => ask(state, matrix(0, x.cols)));
  }),
  check('a row is answered alike alone and in a batch', ({ x, fit, ask, width }) => {
    const state = fit(x);
    const batch = ask(state, x);
    for (const row of [0, 17, x.rows - 1]) {
      const expected = Float64Array.from({ length: width }, (_, k) => batch[k * x.rows + row]!);
      close(ask(state, takeRows(x, [row])), expected, 12);
    }
  }),
  check('a state that was stored answers the same', ({ x, fit, ask }) => {
    const state = fit(x);
    expect(ask(decodeState(encodeState(state)), x)).toEqual(ask(state, x));
  }),
  check('the order of training rows does not matter', ({ x, fit, ask }) => {
    const reversed = all(x).reverse();
    close(ask(fit(takeRows(x, reversed), reversed), x), ask(fit(x), x), 6);
  }),
  check(
    'a constant column, one row, one column or more columns than rows give a result or a typed error',
    ({ x, fit, ask }) => {
      const constant = matrix(x.rows, x.cols, x.data.slice());
      constant.data.fill(5, 0, x.rows);
      const wide = blobs(3, 6, 20).x;
      const narrow = matrix(x.rows, 1, x.data.slice(0, x.rows));
      const odd = {
        'one constant column': constant,
        'more columns than rows': wide,
        'one column': narrow,
        'one row': takeRows(x, [0]),
        'two rows': takeRows(x, [0, 1]),
        'nothing but zeros': matrix(x.rows, x.cols),
      };
      for (const [name, inputs] of Object.entries(odd)) resultOrTypedError(name, () => ask(fit(inputs), inputs));
    },
  ),
  check('huge and tiny numbers give a result or a typed error', ({ x, fit, ask }) => {
    for (const factor of [1e150, 1e-150]) {
      const scaled = matrix(
        x.rows,
        x.cols,
        x.data.map((value) => value * factor),
      );
      resultOrTypedError(`numbers times ${factor}`, () => ask(fit(scaled), scaled));
    }
  }),
  check('missing values are learnt from where the model says so, else refused by name', ({ model, x, fit, ask }) => {
    const holed = matrix(x.rows, x.cols, x.data.slice());
    for (let at = 0; at < holed.data.length; at += 7) holed.data[at] = NaN;
    if (model.tags?.handlesMissing) allFinite(ask(fit(holed), holed), 'rows with missing values');
    else expect(() => fit(holed), 'NaN in x, for which requireFinite(x) is there').toThrow('missing-values');
  }),
  check('every choice fits or says why not', (subject) => {
    for (const params of variants(subject.model))
      resultOrTypedError(JSON.stringify(params), () =>
        subject.ask(subject.fit(subject.x, undefined, params), subject.x),
      );
  }),
  check('beats the dummy', ({ x, fit, ask, gain }) => {
    expect(gain(ask(fit(x), x)), 'its defaults are hardly better than guessing').toBeGreaterThan(0.2);
  }),
  check('a cancelled fit stops at that tick', ({ x, fit }) => {
    for (const last of [1, 2]) {
      let ticks = 0;
      const tick = (): void => {
        if (++ticks === last) throw new Cancelled();
      };
      let thrown: unknown;
      try {
        fit(x, undefined, {}, { seed: 7, tick });
      } catch (error) {
        thrown = error;
      }
      expect(ticks).toBeLessThanOrEqual(last);
      if (ticks === last) expect(thrown).toBeInstanceOf(Cancelled);
    }
  }),
  check('progress never runs backwards nor past its end', ({ x, fit }) => {
    let before = 0;
    const tick = (done: number, total: number): void => {
      const fraction = done / total;
      expect(fraction).toBeGreaterThanOrEqual(before);
      expect(fraction).toBeLessThanOrEqual(1);
      before = fraction;
    };
    fit(x, undefined, {}, { seed: 7, tick });
  }),
  check('the number of threads does not matter', ({ x, fit, ask }) => {
    const threaded = fit(x, undefined, {}, { seed: 7, parallel: { ...serial(kernels), threads: 3 } });
    expect(ask(threaded, x)).toEqual(ask(fit(x), x));
  }),
  check('a watched fit is the same, and what is seen of it answers', ({ x, fit, ask, width }) => {
    const seen: { done: number; state: object; answers: Float64Array }[] = [];
    const watch = (done: number, state: object): void => void seen.push({ done, state, answers: ask(state, x) });
    const watched = fit(x, undefined, {}, { seed: 7, parallel: { ...serial(kernels), threads: 3 }, watch });
    expect(ask(watched, x)).toEqual(ask(fit(x), x));
    let before = 0;
    for (const { done, state, answers } of seen) {
      expect(done).toBeGreaterThan(before);
      before = done;
      expect(answers).toHaveLength(width * x.rows);
      allFinite(answers, `after ${done} iterations`);
      expect(ask(state, x), `the state after ${done} iterations was touched again`).toEqual(answers);
    }
  }),
  check('what it says of itself is plain JSON and known to Plotly, whatever the columns', ({ model, x, fit }) => {
    const state = fit(x);
    const names = Array.from({ length: x.cols }, (_, j) => `<b>${j}`);
    const artifacts = model.artifacts?.(state, names) ?? [];
    expect(model.artifacts?.(decodeState(encodeState(state)), names) ?? []).toEqual(artifacts);
    for (const artifact of artifacts) {
      expect(JSON.parse(JSON.stringify(artifact))).toEqual(artifact);
      if (artifact.type !== 'plotly') continue;
      expect(figureViolations(artifact.payload)).toEqual([]);
      expect(artifact.payload).not.toContain('<b>');
    }
    const wide = blobs(3, 60, 500).x;
    const many = Array.from({ length: wide.cols }, (_, j) => `column ${j}`);
    expect(JSON.stringify(model.artifacts?.(fit(wide), many) ?? []).length).toBeLessThan(20_000);
  }),
];

/** What is demanded of classifiers beyond that. */
export const classifierChecks: readonly Check<Classifier>[] = [
  {
    name: 'probabilities lie between 0 and 1 and sum to 1',
    run: (model) => {
      for (const classes of [2, 3]) {
        const { x, y } = blobs(classes);
        const { data, rows, cols } = model.predict(model.fit(x, y, classes, parametersFor(model, {}), quiet), x);
        expect([rows, cols]).toEqual([x.rows, classes]);
        for (let i = 0; i < rows; i++) {
          const row = Array.from({ length: cols }, (_, k) => data[k * rows + i]!);
          for (const p of row) expect(p, `row ${i}`).toBeGreaterThanOrEqual(0);
          expect(
            row.reduce((sum, p) => sum + p, 0),
            `sum of row ${i}`,
          ).toBeCloseTo(1, 12);
        }
      }
    },
  },
  {
    name: 'the names of classes do not matter',
    run: (model) => {
      const { x, y, classes } = blobs(3, 120, 2);
      const turned = y.map((k) => (k + 1) % classes);
      const ask = (labels: Int32Array): Matrix =>
        model.predict(model.fit(x, labels, classes, parametersFor(model, {}), quiet), x);
      const [plain, renamed] = [ask(y), ask(turned)];
      for (let k = 0; k < classes; k++) {
        const to = (k + 1) % classes;
        close(renamed.data.slice(to * x.rows, (to + 1) * x.rows), plain.data.slice(k * x.rows, (k + 1) * x.rows), 4);
      }
    },
  },
];
