import { type MetricPoint, SPLITS } from '#contract';

import { defineStrategy, type TunedValues } from '../kit/strategy.js';
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

  evaluate(trainer, { train, test, folds }) {
    if (folds.length === 0) throw new RangeError('cross-validation without folds');
    const { goalMetric: goal, trials } = trainer;
    const nested = goal === null ? null : trainer.nested;
    const innerFolds = nested ? nested(folds[0]!.train).folds.length : 0;
    const outerFits = trials * innerFolds + 1;
    const search = nested ? folds.length * outerFits : 0;
    const scoring = search + (goal === null ? 0 : trials * folds.length);
    const last = scoring + folds.length;
    const from =
      (begin: number): SpanOf =>
      (fit) => [(FITTING * (begin + fit)) / (last + 1), (FITTING * (begin + fit + 1)) / (last + 1)];
    const phase = (fit: number, message: string): void => trainer.progress(from(fit)(0)[0], message);
    const metrics: MetricPoint[] = [];
    let values: TunedValues = {};

    if (nested && goal !== null) {
      phase(0, 'nested-folds');
      const scores = scoreFolds(trainer, folds, {
        level: 'outer_fold',
        valuesOf: (k) => {
          const inner = nested(folds[k]!.train).folds;
          const spanOf = from(k * outerFits);
          return trainer.tune((trial) => scoreTrial(trainer, inner, { trial, goal, full: false, spanOf }).goal);
        },
        spanOf: (k) => from(k * outerFits)(outerFits - 1),
      });
      metrics.push(...summary('last_outer', scores));
    }
    if (goal !== null) {
      phase(search, 'tuning');
      values = trainer.tune((trial) => {
        const scored = scoreTrial(trainer, folds, { trial, goal, full: true, spanOf: from(search) });
        for (const split of ['train', 'validation'] as const)
          trainer.report(scorePoints({ split, level: 'trial', step: trial.number }, scored.means[split]));
        return scored.goal;
      });
    }
    phase(scoring, 'evaluating-folds');
    const scores = scoreFolds(trainer, folds, { level: 'fold', valuesOf: () => values, spanOf: from(scoring) });
    metrics.push(...summary('last', scores));
    phase(last, 'training');
    const fitted = trainer.fit(train, values, from(last)(0), (partial, step, level) =>
      trainer.report(
        scorePoints({ split: 'train', level, step }, trainer.score(partial, train, trainer.metrics.train)),
      ),
    );
    trainer.progress(FITTING, 'computing-metrics');
    if (test.count > 0) {
      const scored = trainer.score(fitted, test, trainer.metrics.test);
      metrics.push(...scorePoints({ split: 'test', level: 'last', step: 0 }, scored));
    }
    return { fitted, metrics, values };
  },
});

/** What the folds come to, part by part. */
function summary(level: 'last' | 'last_outer', scores: readonly FoldScores[]): MetricPoint[] {
  return (['train', 'validation'] as const).flatMap((split) =>
    foldPoints(
      { split, level, step: 0 },
      scores.map((each) => each[split]),
    ),
  );
}
