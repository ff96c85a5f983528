import { AppError } from '#contract';
import { plainPaired } from '#learn';

import { defineStatisticalTest } from '../kit/statistical-test.js';
import { textsOf } from '../kit/texts.js';
import { comparePairs, pairwise, PAIRS_NOTE } from './compare-pairs.js';
import { ofMeans } from './interpretations.js';

export const pairedTTest = defineStatisticalTest({
  name: 'PairedTTest',
  texts: textsOf(
    {
      en: ['Paired t-test', 'Compares two runs fold by fold, as if their folds had nothing in common.'],
      es: [
        'Prueba t pareada',
        'Compara dos ejecuciones pliegue a pliegue, como si los pliegues no tuvieran nada en común.',
      ],
      pt: [
        'Teste t pareado',
        'Compara duas execuções partição a partição, como se as partições não tivessem nada em comum.',
      ],
      de: ['Gepaarter t-Test', 'Vergleicht zwei Läufe Faltung für Faltung, als hätten die Faltungen nichts gemeinsam.'],
      zh: ['配对 t 检验', '逐折比较两个运行，视各折互不相关。'],
    },
    {},
  ),
  icon: 'CompareArrows',
  parametric: true,
  ...pairwise,
  interpretation: ofMeans,
  notes: [
    'Folds of a cross-validation share training rows, so it calls too many differences significant; the corrected paired t-test allows for that.',
    PAIRS_NOTE,
  ],

  run: (scores, options) =>
    comparePairs(scores, options, (one, other, alternative) => {
      const { statistic, pValue, ...result } = plainPaired(one, other, alternative);
      if (!(result.correctedVariance > 0)) throw new AppError('test-impossible', { reason: 'Δ₁ = Δ₂ = …' });
      const details = {
        differences: result.differences,
        mean_difference: result.meanDifference,
        degrees_of_freedom: result.degreesOfFreedom,
      };
      return { statistic, pValue, details };
    }),
});
