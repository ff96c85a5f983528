import { type MetricPoint, SPLITS } from '#contract';

import type { Fold } from '../kit/splitter.js';
import { defineStrategy } from '../kit/strategy.js';
import { textsOf } from '../kit/texts.js';

import { type FoldScores, scoreFolds, scoreTrial, type SpanOf } from './score-folds.js';
import { foldPoints, scorePoints } from './score-points.js';

/** Share of the whole progress that fitting takes. */
const FITTING = 0.95;

export const crossValidationEvaluationStrategy = defineStrategy({
  name: 'CrossValidationEvaluationStrategy',
  partitioning: 'folds',
  tasks: ['TabularClassificationTask', 'RegressionTask'],
  scoredSplits: SPLITS,
  levels: ['trial', 'step', 'epoch', 'fold', 'outer_fold', 'last', 'last_outer'],
  texts: textsOf(
    {
      en: [
        'Cross-validation',
        'Trains on all folds but one, judges by the one left out, and keeps a model of all of them.',
      ],
      es: [
        'Validación cruzada',
        'Entrena con todas las particiones menos una, evalúa con la que queda y conserva un modelo de todas.',
      ],
      pt: [
        'Validação cruzada',
        'Treina com todas as partições menos uma, avalia com a que sobra e guarda um modelo de todas.',
      ],
      de: [
        'Kreuzvalidierung',
        'Trainiert auf allen Folds bis auf einen, urteilt nach diesem und behält ein Modell aus allen.',
      ],
      zh: ['交叉验证', '用除一折之外的各折训练，以留出的一折评估，最后保留用全部折训练的模型。'],
    },
    {},
  ),
  notes: [
    'Final scores of training and validation are means over the folds with their standard deviation (divided by the number of folds); a fold where a metric is undefined, such as ROC AUC of a fold with one class, is left out of its mean.',
    'A trial of a search is scored by the mean over the folds. With nested cross-validation every outer fold has a search of its own, over inner folds of its training rows; its trials are not kept.',
    'The kept model is fitted on every row of the folds; the rows that were set aside are scored once, by it.',
  ],

  searches({ goalMetric, nested }, { folds }, trials) {
    if (goalMetric === null) return [];
    const inner = nested ? nested(folds[0]!.train).folds.length : 0;
    const fits = [...(nested ? folds.map(() => trials * inner) : []), trials * folds.length];
    const total = sum(fits) + evaluationFits(folds, fits.length);
    const at = (k: number): number => (FITTING * sum(fits.slice(0, k))) / total;
    return fits.map((_, k) => ({
      span: [at(k), at(k + 1)],
      message: k + 1 < fits.length ? 'nested-folds' : 'tuning',
    }));
  },

  trial(trainer, { folds }, trial) {
    const outer = trainer.nested && trial.search < folds.length ? folds[trial.search]! : null;
    const scored = scoreTrial(trainer, outer ? trainer.nested!(outer.train).folds : folds, {
      trial,
      goal: trainer.goalMetric!,
      full: outer === null,
    });
    const points = (['train', 'validation'] as const).flatMap((split) =>
      scorePoints({ split, level: 'trial', step: trial.number }, scored.means[split]),
    );
    return { value: scored.goal, points };
  },

  evaluate(trainer, { train, test, folds }, found) {
    if (folds.length === 0) throw new RangeError('cross-validation without folds');
    const { values, span } = found.at(-1) ?? { values: {}, span: [0, 0] };
    const outer = found.slice(0, -1);
    const width = (FITTING - span[1]) / evaluationFits(folds, found.length);
    const from =
      (begin: number): SpanOf =>
      (fit) => [span[1] + width * (begin + fit), span[1] + width * (begin + fit + 1)];
    const phase = (fit: number, message: string): void => trainer.progress(from(fit)(0)[0], message);
    const metrics: MetricPoint[] = [];

    if (outer.length > 0) {
      phase(0, 'nested-folds');
      const scores = scoreFolds(trainer, folds, {
        level: 'outer_fold',
        valuesOf: (k) => outer[k]!.values,
        spanOf: from(0),
      });
      metrics.push(...summary('last_outer', scores));
    }
    phase(outer.length, 'evaluating-folds');
    const scores = scoreFolds(trainer, folds, { level: 'fold', valuesOf: () => values, spanOf: from(outer.length) });
    metrics.push(...summary('last', scores));
    const last = outer.length + folds.length;
    phase(last, 'training');
    const fitted = trainer.fit(train, values, from(last)(0), (partial, step, { level, splits }) => {
      // Every row that is not held back is learnt from, so there are none to validate by.
      if (!splits.includes('train')) return;
      const scores = trainer.score(partial, train, trainer.metrics.train);
      trainer.report(scorePoints({ split: 'train', level, step }, scores));
    });
    trainer.progress(FITTING, 'computing-metrics');
    if (test.count > 0) {
      const scored = trainer.score(fitted, test, trainer.metrics.test);
      metrics.push(...scorePoints({ split: 'test', level: 'last', step: 0 }, scored));
    }
    return { fitted, metrics, values };
  },
});

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
/** The fits of an evaluation: the folds, once more when they were searched one by one, and the model that is kept. */
const evaluationFits = (folds: readonly Fold[], searches: number): number =>
  (searches > 1 ? 2 * folds.length : folds.length) + 1;

/** What the folds come to, part by part. */
function summary(level: 'last' | 'last_outer', scores: readonly FoldScores[]): MetricPoint[] {
  return (['train', 'validation'] as const).flatMap((split) =>
    foldPoints(
      { split, level, step: 0 },
      scores.map((each) => each[split]),
    ),
  );
}
