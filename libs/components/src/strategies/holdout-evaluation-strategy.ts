import { AppError, SPLITS, type MetricLevel, type MetricPoint, type SplitName } from '#contract';

import { defineStrategy, type TunedValues } from '../kit/strategy.js';
import { textsOf } from '../kit/texts.js';

/** Share of the whole progress that a search takes; the final fit and its scores have the rest. */
const SEARCH = 0.75;

const points = (
  split: SplitName,
  level: MetricLevel,
  step: number,
  values: Readonly<Record<string, number>>,
): MetricPoint[] => Object.entries(values).map(([name, value]) => ({ split, level, name, step, value }));

export const holdoutEvaluationStrategy = defineStrategy({
  name: 'HoldoutEvaluationStrategy',
  partitioning: 'holdout',
  tasks: ['TabularClassificationTask', 'RegressionTask'],
  scoredSplits: SPLITS,
  levels: ['trial', 'step', 'last'],
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
  ],

  evaluate(trainer, [split]) {
    if (!split) throw new RangeError('a holdout has one split');
    const rows = { train: split.train_indexes, validation: split.validation_indexes, test: split.test_indexes };
    if (rows.train.length === 0) throw new AppError('split-empty-part', { part: 'train' });
    let values: TunedValues = {};
    const goal = trainer.goalMetric;
    if (goal !== null) {
      if (rows.validation.length === 0) throw new AppError('split-empty-part', { part: 'validation' });
      trainer.progress(0, 'tuning');
      values = trainer.tune((candidate, trial, trials) => {
        const span = [(SEARCH * trial) / trials, (SEARCH * (trial + 1)) / trials] as const;
        const fitted = trainer.fit(rows.train, candidate, span);
        const scores = trainer.score(fitted, rows.validation, [...new Set([...trainer.metrics.validation, goal])]);
        trainer.report([
          ...points('train', 'trial', trial, trainer.score(fitted, rows.train, trainer.metrics.train)),
          ...points('validation', 'trial', trial, scores),
        ]);
        return scores[goal];
      });
    }
    const start = goal === null ? 0 : SEARCH;
    trainer.progress(start, 'training');
    const fitted = trainer.fit(rows.train, values, [start, 0.95], (partial, iterations) => {
      for (const part of ['train', 'validation'] as const)
        if (rows[part].length > 0)
          trainer.report(points(part, 'step', iterations, trainer.score(partial, rows[part], trainer.metrics[part])));
    });
    trainer.progress(0.95, 'computing-metrics');
    const metrics = SPLITS.filter((part) => rows[part].length > 0).flatMap((part) =>
      points(part, 'last', 0, trainer.score(fitted, rows[part], trainer.metrics[part])),
    );
    return { fitted, metrics, values };
  },
});
