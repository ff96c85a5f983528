import type { SessionPlan } from '#contract';
import { type Classifier, type Regressor, registry, type Trainer } from '#components';
import {
  encode,
  type Encoded,
  type EncoderState,
  fitEncoder,
  type Frame,
  numericTarget,
  select,
  takeRows,
} from '#frame';
import { type FitContext, matrix, type Matrix } from '#linalg';

import type { TaskHost } from '../host.js';
import { withColumns } from '../numeric-failure.js';
import { encodeRows, type Fitted, numbersOf, probabilitiesOf } from '../runs/answer.js';
import { refuseTooLarge } from '../runs/encoded-size.js';
import { kept } from './kept.js';
import type { ProgressMeter } from './progress-meter.js';
import { learntClasses, scoredClasses } from './target.js';

/** Every random choice of a run that has no seed of its own starts here, so that the same run again gives the same bytes. */
export const RUN_SEED = 42;

/** A fitted encoder and model, the classes they know and the parameters they were fitted with. */
export interface FittedRun extends Fitted {
  readonly classes: readonly string[] | null;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** What a trainer trains. `frame` holds the session's columns; `parameters` are those of the model that are not searched. */
export interface Training {
  readonly frame: Frame;
  readonly session: Pick<SessionPlan, 'inputColumns' | 'outputColumns'>;
  readonly model: Classifier | Regressor;
  readonly parameters: Readonly<Record<string, unknown>>;
}

/** Training rows ready to be learnt from; a search learns from the same ones again and again. */
interface Lesson {
  readonly encoder: EncoderState;
  readonly encoded: Encoded;
  readonly classes: readonly string[] | null;
  readonly learn: (x: Matrix, params: Readonly<Record<string, unknown>>, context: FitContext) => object;
}

/** The part of a trainer that fits and scores; searching is the caller's. */
export function runTrainer(
  { frame, session, model, parameters }: Training,
  host: Pick<TaskHost, 'tick' | 'parallel'>,
  meter: ProgressMeter,
): Pick<Trainer<FittedRun>, 'fit' | 'score'> {
  const inputs = select(frame, session.inputColumns);
  const output = select(frame, session.outputColumns);
  const { name, type } = output.columns[0]!;
  const context: FitContext = { seed: RUN_SEED, tick: host.tick, parallel: host.parallel };
  const lessons = new Map<readonly number[], Lesson>();
  const scored = new Map<EncoderState, Map<readonly number[], Encoded>>();

  const prepare = (rows: readonly number[]): Lesson => {
    const part = takeRows(inputs, rows);
    const encoder = fitEncoder(part, session.inputColumns);
    refuseTooLarge(encoder, rows.length);
    const rest = { encoder, encoded: encode(encoder, part) };
    // The rows that were learnt from are scored as they are: encoding them again would hold them twice.
    scored.set(encoder, new Map([[rows, rest.encoded]]));
    const truth = takeRows(output, rows);
    if (model.kind === 'regressor') {
      const numbers = numericTarget(truth, name);
      return { ...rest, classes: null, learn: (x, params, fitting) => model.fit(x, numbers, params, fitting) };
    }
    const { classes, codes } = learntClasses(truth);
    const learn: Lesson['learn'] = (x, params, fitting) => model.fit(x, codes, classes.length, params, fitting);
    return { ...rest, classes, learn };
  };

  return {
    fit(rows, values, span, watch) {
      const { encoder, encoded, classes, learn } = kept(lessons, rows, () => prepare(rows));
      const params = { ...parameters, ...values };
      const x = matrix(encoded.rows, encoded.cols, encoded.data);
      const run = (state: object): FittedRun => {
        return { model: model.name, encoder, output: { name, type }, classes, parameters: params, state };
      };
      const fitting = {
        ...context,
        tick: meter.within(span),
        ...(watch && { watch: (done: number, state: object) => watch(run(state), done) }),
      };
      return run(withColumns({ sources: encoded.sources, output: name }, () => learn(x, params, fitting)));
    },

    score(fitted, rows, metrics) {
      const known = kept(scored, fitted.encoder, () => new Map<readonly number[], Encoded>());
      const encoded = kept(known, rows, () => encodeRows(fitted, takeRows(inputs, rows)));
      const truth = takeRows(output, rows);
      const score = fitted.classes
        ? classScorer(truth, fitted.classes, probabilitiesOf(fitted, encoded, context))
        : numberScorer(numericTarget(truth, name), numbersOf(fitted, encoded, context));
      const values = metrics.map((metric) => [metric, score(metric)] as const);
      return Object.fromEntries(values.filter(([, value]) => Number.isFinite(value)));
    },
  };
}

function classScorer(output: Frame, classes: readonly string[], predicted: Matrix): (metric: string) => number {
  const { truth, probabilities } = scoredClasses(output, classes, predicted);
  return (metric) => registry.find(metric, 'classification-metric').score(truth, probabilities);
}

function numberScorer(truth: Float64Array, predicted: Float64Array): (metric: string) => number {
  return (metric) => registry.find(metric, 'regression-metric').score(truth, predicted);
}
