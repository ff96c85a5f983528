import { AppError, SPLITS } from '#contract';

import { defineStrategy } from '../kit/strategy.js';
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

  searches({ goalMetric }, { train, validation }) {
    if (goalMetric === null) return [];
    for (const [part, { count }] of Object.entries({ train, validation }))
      if (count === 0) throw new AppError('split-empty-part', { part });
    return [{ span: [0, SEARCH], message: 'tuning' }];
  },

  trial(trainer, { train, validation }, { values, number, span, check }) {
    const goal = trainer.goalMetric!;
    const fitted = trainer.fit(
      train,
      values,
      span,
      check &&
        ((partial, step, { level, splits }) => {
          if (level === trainer.level && splits.includes('validation'))
            check(step, trainer.score(partial, validation, [goal])[goal]);
        }),
    );
    const scores = trainer.score(fitted, validation, [...new Set([...trainer.metrics.validation, goal])]);
    const place = { level: 'trial', step: number } as const;
    const points = [
      ...scorePoints({ split: 'train', ...place }, trainer.score(fitted, train, trainer.metrics.train)),
      ...scorePoints({ split: 'validation', ...place }, scores),
    ];
    return { value: scores[goal], points };
  },

  evaluate(trainer, rows, [search]) {
    if (rows.train.count === 0) throw new AppError('split-empty-part', { part: 'train' });
    const { values, span } = search ?? { values: {}, span: [0, 0] };
    const start = span[1];
    trainer.progress(start, 'training');
    const fitted = trainer.fit(rows.train, values, [start, 0.95], (partial, step, { level, splits }) => {
      for (const split of splits)
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
