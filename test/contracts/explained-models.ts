import { parametersFor, type Classifier, type ExplainedRows, type FittedModel, type Model } from '#components';
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
import { matrix, random, serial, type FitContext } from '#linalg';

export const context: FitContext = { seed: 5, parallel: serial(kernels) };
export const INPUTS = ['strong', 'weak', 'level', 'constant', 'noise'];

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
export const train = planted(150);

/** The model fitted on the planted rows, with defaults, as the platform does it. */
export function fit(model: Model): FittedModel {
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
    return {
      answers: 'numbers',
      inputs: INPUTS,
      output: 'number',
      predict: (frame) => model.predict(state, numbersOf(frame), context),
    };
  }
  const { classes, codes } = encodeClasses(train, 'class');
  const classifier: Classifier = model;
  const state = classifier.fit(numbersOf(train), codes, classes.length, params, context);
  return {
    answers: 'classes',
    inputs: INPUTS,
    output: 'class',
    classes,
    predict: (frame) => classifier.predict(state, numbersOf(frame), context),
  };
}

export function rowsFor(model: FittedModel, frame: Frame): ExplainedRows {
  const target = frame.columns.find(({ name }) => name === (model.answers === 'classes' ? 'class' : 'number'))!;
  if (target.kind === 'text') throw new RangeError('no target');
  return { frame: select(frame, INPUTS), truth: target.kind === 'numeric' ? target.values : target.codes };
}
