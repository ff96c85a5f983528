import { AppError } from '#contract';
import { meanAbsoluteError, meanSquaredError, r2 } from '#learn';

import { defineGlobalExplainer } from '../kit/explainer.js';
import { textsOf } from '../kit/texts.js';

import { permutationImportance } from './permutation-importance.js';
import { permutationParams, permutationTexts } from './permutation-texts.js';

type Score = (truth: Float64Array, predicted: Float64Array) => number;

const SCORES = {
  r2,
  neg_mean_squared_error: (truth, predicted) => -meanSquaredError(truth, predicted),
  neg_mean_absolute_error: (truth, predicted) => -meanAbsoluteError(truth, predicted),
} as const satisfies Record<string, Score>;

export const regressionPermutationFeatureImportance = defineGlobalExplainer({
  name: 'RegressionPermutationFeatureImportance',
  tasks: ['RegressionTask'],
  params: permutationParams(['r2', 'neg_mean_squared_error', 'neg_mean_absolute_error'], 'r2', 10),
  texts: textsOf(
    {
      en: [
        'Permutation Feature Importance (regression)',
        'Measures how much worse the predicted numbers get when one column is shuffled.',
      ],
      es: [
        'Importancia por Permutación (regresión)',
        'Mide cuánto empeoran los números predichos cuando se baraja una columna.',
      ],
      pt: [
        'Importância por Permutação (regressão)',
        'Mede quanto pioram os números previstos quando uma coluna é baralhada.',
      ],
      de: [
        'Permutationswichtigkeit (Regression)',
        'Misst, wie viel schlechter die vorhergesagten Zahlen werden, wenn eine Spalte gemischt wird.',
      ],
      zh: ['置换特征重要性（回归）', '衡量打乱某一列后预测数值变差的程度。'],
    },
    permutationTexts,
  ),
  notes: ['Deals differ from those scikit-learn makes with the same seed; means agree within their standard error.'],

  explain(model, { frame, truth }, params, context) {
    if (model.answers !== 'numbers') throw new RangeError('a regressor is explained here');
    if (frame.rows === 0) throw new AppError('no-rows');
    const score: Score = SCORES[params.scoring];
    return permutationImportance(
      frame,
      model.inputs,
      (given, blocks) => {
        const predicted = model.predict(given);
        return blocks.map((rows, block) =>
          score(
            Float64Array.from(rows, (row) => truth[row]!),
            predicted.subarray(block * rows.length, (block + 1) * rows.length),
          ),
        );
      },
      params,
      context,
    );
  },
});
