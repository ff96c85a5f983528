import { AppError } from '#contract';
import { correctedPaired } from '#learn';

import { defineStatisticalTest } from '../kit/statistical-test.js';
import { textsOf } from '../kit/texts.js';
import { comparePairs, pairwise, PAIRS_NOTE } from './compare-pairs.js';
import { ofMeans } from './interpretations.js';

export const correctedPairedTTest = defineStatisticalTest({
  name: 'CorrectedPairedTTest',
  texts: textsOf(
    {
      en: [
        'Corrected paired t-test',
        'Compares two runs fold by fold, allowing for the training rows that folds share.',
      ],
      es: [
        'Prueba t pareada corregida',
        'Compara dos ejecuciones pliegue a pliegue, teniendo en cuenta las filas de entrenamiento que los pliegues comparten.',
      ],
      pt: [
        'Teste t pareado corrigido',
        'Compara duas execuções partição a partição, contando com as linhas de treino que as partições partilham.',
      ],
      de: [
        'Korrigierter gepaarter t-Test',
        'Vergleicht zwei Läufe Faltung für Faltung und berücksichtigt, dass Faltungen Trainingszeilen teilen.',
      ],
      zh: ['校正配对 t 检验', '逐折比较两个运行，并校正各折共享训练行的影响。'],
    },
    {},
  ),
  color: '#64B5F6',
  icon: 'Tune',
  parametric: true,
  ...pairwise,
  interpretation: ofMeans,
  notes: [
    PAIRS_NOTE,
    'Scores of a k-fold: the share of test to training rows is taken as 1/(k − 1), as the reference does.',
  ],

  run: (scores, options) =>
    comparePairs(scores, options, (one, other, alternative) => {
      const result = correctedPaired(one, other, alternative);
      if (!(result.correctedVariance > 0)) throw new AppError('test-impossible', { reason: 'Δ₁ = Δ₂ = …' });
      const details = {
        differences: result.differences,
        mean_difference: result.meanDifference,
        correction_factor: result.correctionFactor,
        corrected_variance: result.correctedVariance,
        degrees_of_freedom: result.degreesOfFreedom,
      };
      return { statistic: result.statistic, pValue: result.pValue, details };
    }),
});
