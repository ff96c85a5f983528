import { AppError } from '#contract';
import { plainPaired } from '#learn';

import { defineStatisticalTest } from '../kit/statistical-test.js';
import { textsOf } from '../kit/texts.js';
import { comparePairs } from './compare-pairs.js';

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
  minRuns: 2,
  maxRuns: null,
  takesAlternative: true,
  takesCorrection: true,
  interpretation: {
    significant: {
      en: 'The runs differ by more than chance explains.',
      es: 'Las ejecuciones difieren más de lo que explica el azar.',
      pt: 'As execuções diferem mais do que o acaso explica.',
      de: 'Die Läufe unterscheiden sich stärker, als Zufall erklärt.',
      zh: '各运行之间的差异超出了偶然所能解释的程度。',
    },
    notSignificant: {
      en: 'Chance alone may explain how the runs differ.',
      es: 'El azar por sí solo puede explicar en qué difieren las ejecuciones.',
      pt: 'O acaso por si só pode explicar como as execuções diferem.',
      de: 'Der Zufall allein kann erklären, wie sich die Läufe unterscheiden.',
      zh: '各运行之间的差异可能仅由偶然造成。',
    },
  },
  notes: [
    'Folds of a cross-validation share training rows, so it calls too many differences significant; the corrected paired t-test allows for that.',
    'Of more than two runs every pair is compared; without a chosen correction the p-values are then corrected by Holm.',
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
