import { AppError } from '#contract';
import { takeRows } from '#frame';
import { accuracy, balancedAccuracy } from '#learn';
import { takeRows as takeMatrixRows } from '#linalg';

import { defineGlobalExplainer } from '../kit/explainer.js';
import { textsOf } from '../kit/texts.js';

import { permutationImportance } from './permutation-importance.js';
import { permutationParams, permutationTexts } from './permutation-texts.js';

export const permutationFeatureImportance = defineGlobalExplainer({
  name: 'PermutationFeatureImportance',
  tasks: ['TabularClassificationTask'],
  params: permutationParams(['accuracy', 'balanced_accuracy'], 'accuracy', 20),
  texts: textsOf(
    {
      en: ['Permutation Feature Importance', 'Measures how much worse the model gets when one column is shuffled.'],
      es: ['Importancia por Permutación', 'Mide cuánto empeora el modelo cuando se baraja una columna.'],
      pt: ['Importância por Permutação', 'Mede quanto o modelo piora quando uma coluna é baralhada.'],
      de: ['Permutationswichtigkeit', 'Misst, wie viel schlechter das Modell wird, wenn eine Spalte gemischt wird.'],
      zh: ['置换特征重要性', '衡量打乱某一列后模型变差的程度。'],
    },
    permutationTexts,
  ),
  notes: [
    'Works on the columns of the table, before they are encoded. Test rows of a class that training did not see are left out.',
    'Deals differ from those scikit-learn makes with the same seed; means agree within their standard error.',
  ],

  explain(model, test, params, context) {
    if (model.answers !== 'classes') throw new RangeError('a classifier is explained here');
    const known = Array.from(test.truth.keys()).filter((row) => test.truth[row]! >= 0);
    if (known.length === 0) throw new AppError('no-rows');
    const truth = Int32Array.from(known, (row) => test.truth[row]!);
    const score = params.scoring === 'accuracy' ? accuracy : balancedAccuracy;
    return permutationImportance(
      takeRows(test.frame, known),
      model.inputs,
      (frame, blocks) => {
        const probabilities = model.predict(frame);
        return blocks.map((rows, block) =>
          score(
            Int32Array.from(rows, (row) => truth[row]!),
            takeMatrixRows(
              probabilities,
              rows.map((_, at) => block * rows.length + at),
            ),
          ),
        );
      },
      params,
      context,
    );
  },
});
