import { AppError, SPLITS } from '#contract';

import { defineStrategy, type TunedValues } from '../kit/strategy.js';
import { textsOf } from '../kit/texts.js';

import { scorePoints } from './score-points.js';

/** Share of the whole progress that a search takes; the final fit and its scores have the rest. */
const SEARCH = 0.75;

export const holdoutEvaluationStrategy = defineStrategy({
  name: 'HoldoutEvaluationStrategy',
  partitioning: 'holdout',
  tasks: ['TabularClassificationTask', 'RegressionTask'],
  scoredSplits: SPLITS,
  levels: ['trial', 'step', 'epoch', 'last'],
  texts: textsOf(
    {
      en: ['Holdout evaluation', 'Trains on one part, chooses parameters by a second and judges by a third.'],
      es: ['Evaluación holdout', 'Entrena con una parte, elige parámetros con otra y juzga con una tercera.'],
      pt: ['Avaliação holdout', 'Treina com uma parte, escolhe parâmetros com outra e avalia com uma terceira.'],
      de: [
        'Holdout-Auswertung',
        'Trainiert auf einem Teil, wählt Parameter nach einem zweiten und urteilt nach einem dritten.',
      ],
      zh: ['留出法评估', '用一部分训练，用第二部分选择参数，用第三部分评估。'],
    },
    {},
  ),
  notes: [
    'Trials of a search are scored on the training and validation rows; the test rows are scored once, at the end.',
    'Models that grow by iterations are scored on training and validation rows after 1, 2, 5, 10, 20, 50, … of them.',
    'A trial that its optimizer gives up on the way is scored by the validation rows alone.',
  ],

  evaluate(trainer, rows) {
    if (rows.train.count === 0) throw new AppError('split-empty-part', { part: 'train' });
    let values: TunedValues = {};
    const { goalMetric: goal, trials } = trainer;
    if (goal !== null) {
      if (rows.validation.count === 0) throw new AppError('split-empty-part', { part: 'validation' });
      trainer.progress(0, 'tuning');
      values = trainer.tune(({ values: candidate, number, check }) => {
        const span = [(SEARCH * number) / trials, (SEARCH * (number + 1)) / trials] as const;
        const fitted = trainer.fit(
          rows.train,
          candidate,
          span,
          check && ((partial, step) => check(step, trainer.score(partial, rows.validation, [goal])[goal])),
        );
        const scores = trainer.score(fitted, rows.validation, [...new Set([...trainer.metrics.validation, goal])]);
        trainer.report([
          ...scorePoints(
            { split: 'train', level: 'trial', step: number },
            trainer.score(fitted, rows.train, trainer.metrics.train),
          ),
          ...scorePoints({ split: 'validation', level: 'trial', step: number }, scores),
        ]);
        return scores[goal];
      });
    }
    const start = goal === null ? 0 : SEARCH;
    trainer.progress(start, 'training');
    const fitted = trainer.fit(rows.train, values, [start, 0.95], (partial, step, level) => {
      for (const split of ['train', 'validation'] as const)
        if (rows[split].count > 0)
          trainer.report(
            scorePoints({ split, level, step }, trainer.score(partial, rows[split], trainer.metrics[split])),
          );
    });
    trainer.progress(0.95, 'computing-metrics');
    const metrics = SPLITS.filter((split) => rows[split].count > 0).flatMap((split) =>
      scorePoints({ split, level: 'last', step: 0 }, trainer.score(fitted, rows[split], trainer.metrics[split])),
    );
    return { fitted, metrics, values };
  },
});
