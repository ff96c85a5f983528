import type { SessionPlan } from '#contract';
import { type Classifier, type Regressor, registry, type RowSet, type Trainer } from '#components';
import { encode, type Encoded, encodedNames, fitEncoder, type Frame, numericTarget, select, takeRows } from '#frame';
import { type FitContext, matrix, type Matrix, type Shown } from '#linalg';

import type { TaskHost } from '../host.js';
import { withColumns } from '../numeric-failure.js';
import { encodeRows, type Fitted, numbersOf, probabilitiesOf } from '../runs/answer.js';
import { refuseTooLarge } from '../runs/encoded-size.js';
import { type Lesson, lessonShelf } from './lesson-shelf.js';
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

/** Cells of encoded rows that are kept for another fit or score: 256 MiB of doubles. */
const KEPT_CELLS = 2 ** 25;

interface RunLesson extends Lesson {
  readonly classes: readonly string[] | null;
  readonly learn: (x: Matrix, params: Readonly<Record<string, unknown>>, context: FitContext) => object;
}

/** The part of a trainer that fits and scores; searching is the caller's. */
export function runTrainer(
  { frame, session, model, parameters }: Training,
  host: Pick<TaskHost, 'tick' | 'parallel'>,
  meter: ProgressMeter,
  keptCells = KEPT_CELLS,
): Pick<Trainer<FittedRun>, 'fit' | 'score' | 'level'> {
  const inputs = select(frame, session.inputColumns);
  const output = select(frame, session.outputColumns);
  const { name, type } = output.columns[0]!;
  const context: FitContext = { seed: RUN_SEED, tick: host.tick, parallel: host.parallel };
  const always: Shown = { level: model.tags?.epochs ? 'epoch' : 'step', splits: ['train', 'validation'] };
  const shelf = lessonShelf<RunLesson>(keptCells);

  const prepare = (set: RowSet): RunLesson => {
    const rows = set.list();
    const part = takeRows(inputs, rows);
    const encoder = fitEncoder(part, session.inputColumns);
    refuseTooLarge(encoder, rows.length);
    shelf.makeRoom(rows.length * encodedNames(encoder).length);
    const encoded = encode(encoder, part);
    // The rows that were learnt from are scored as they are: encoding them again would hold them twice.
    const rest = { encoder, encoded, scored: new Map<RowSet, Encoded>() };
    const truth = takeRows(output, rows);
    if (model.kind === 'regressor') {
      const numbers = numericTarget(truth, name);
      return { ...rest, classes: null, learn: (x, params, fitting) => model.fit(x, numbers, params, fitting) };
    }
    const { classes, codes } = learntClasses(truth);
    const learn: RunLesson['learn'] = (x, params, fitting) => model.fit(x, codes, classes.length, params, fitting);
    return { ...rest, classes, learn };
  };
  const lessonOf = (rows: RowSet): RunLesson => {
    const found = shelf.find(rows);
    if (found) return found;
    const lesson = prepare(rows);
    shelf.put(rows, lesson);
    return lesson;
  };
  const encodedFor = (fitted: FittedRun, set: RowSet, rows: Int32Array): Encoded => {
    const lesson = shelf.by(fitted.encoder);
    if (lesson && shelf.find(set) === lesson) return lesson.encoded;
    const known = lesson?.scored.get(set);
    if (known) return known;
    shelf.makeRoom(rows.length * encodedNames(fitted.encoder).length, true);
    const encoded = encodeRows(fitted, takeRows(inputs, rows));
    lesson?.scored.set(set, encoded);
    return encoded;
  };

  return {
    level: always.level,

    fit(rows, values, span, watch) {
      const { encoder, encoded, classes, learn } = lessonOf(rows);
      const params = { ...parameters, ...values };
      const x = matrix(encoded.rows, encoded.cols, encoded.data);
      const run = (state: object): FittedRun => {
        return { model: model.name, encoder, output: { name, type }, classes, parameters: params, state };
      };
      const fitting = {
        ...context,
        tick: meter.within(span),
        ...(watch && {
          watch: (done: number, state: object, shown: Shown = always) => watch(run(state), done, shown),
        }),
      };
      return run(withColumns({ sources: encoded.sources, output: name }, () => learn(x, params, fitting)));
    },

    score(fitted, set, metrics) {
      const rows = set.list();
      const encoded = encodedFor(fitted, set, rows);
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
