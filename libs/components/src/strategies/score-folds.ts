import type { SplitName } from '#contract';

import type { Fold } from '../kit/splitter.js';
import type { Span, Trainer, TrialRun, TunedValues } from '../kit/strategy.js';

import { meanScores, scorePoints, type Scores } from './score-points.js';

/** What the rows of a fold are scored as. */
export type FoldScores = Readonly<Record<'train' | 'validation', Scores>>;
/** The part of the whole progress that the n-th fit has. */
export type SpanOf = (fit: number) => Span;

const FOLD_SPLITS = ['train', 'validation'] as const satisfies readonly SplitName[];

/** Fits and scores every fold with these values, and reports each fold's scores as they come. */
export function scoreFolds<F>(
  trainer: Trainer<F>,
  folds: readonly Fold[],
  { level, valuesOf, spanOf }: { level: 'fold' | 'outer_fold'; valuesOf: (k: number) => TunedValues; spanOf: SpanOf },
): FoldScores[] {
  return folds.map((fold, foldIndex) => {
    const fitted = trainer.fit(fold.train, valuesOf(foldIndex), spanOf(foldIndex));
    const [train, validation] = FOLD_SPLITS.map((split) => {
      const scores = trainer.score(fitted, fold[split], trainer.metrics[split]);
      trainer.report(scorePoints({ split, level, step: foldIndex, foldIndex }, scores));
      return scores;
    });
    return { train: train!, validation: validation! };
  });
}

/** What one trial of a search is worth by folds. */
export interface FoldsScore {
  /** The mean of the goal metric over the folds where it is defined. */
  readonly goal: number | undefined;
  /** Means of the session's metrics; empty unless `full`. */
  readonly means: FoldScores;
}

/** Scores the values of a trial by the validation rows of the folds; `full` asks for the session's metrics too. */
export function scoreTrial<F>(
  trainer: Trainer<F>,
  folds: readonly Fold[],
  { trial, goal, full }: { trial: TrialRun; goal: string; full: boolean },
): FoldsScore {
  const names = full ? [...new Set([...trainer.metrics.validation, goal])] : [goal];
  const scores: FoldScores[] = [];
  const means = (split: (typeof FOLD_SPLITS)[number]): Scores => meanScores(scores.map((each) => each[split]));
  const [from, to] = trial.span;
  const at = (k: number): number => from + ((to - from) * k) / folds.length;
  folds.forEach(({ train, validation }, k) => {
    const fitted = trainer.fit(train, trial.values, [at(k), at(k + 1)]);
    scores.push({
      train: full ? trainer.score(fitted, train, trainer.metrics.train) : {},
      validation: trainer.score(fitted, validation, names),
    });
    if (k + 1 < folds.length) trial.check?.(k + 1, means('validation')[goal]);
  });
  const validation = means('validation');
  return { goal: validation[goal], means: { train: means('train'), validation: full ? validation : {} } };
}
