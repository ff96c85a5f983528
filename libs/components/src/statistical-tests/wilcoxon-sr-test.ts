import { AppError } from '#contract';
import { signedRanks } from '#learn';

import { defineStatisticalTest } from '../kit/statistical-test.js';
import { textsOf } from '../kit/texts.js';
import { comparePairs, pairwise, PAIRS_NOTE } from './compare-pairs.js';

export const wilcoxonSrTest = defineStatisticalTest({
  name: 'WilcoxonSRTest',
  texts: textsOf(
    {
      en: [
        'Wilcoxon signed-rank test',
        'Compares two runs by the ranks of their differences, whatever the distribution of the scores.',
      ],
      es: [
        'Prueba de rangos con signo de Wilcoxon',
        'Compara dos ejecuciones por los rangos de sus diferencias, sea cual sea la distribución de las puntuaciones.',
      ],
      pt: [
        'Teste de postos com sinais de Wilcoxon',
        'Compara duas execuções pelos postos das suas diferenças, seja qual for a distribuição das pontuações.',
      ],
      de: [
        'Wilcoxon-Vorzeichen-Rang-Test',
        'Vergleicht zwei Läufe nach den Rängen ihrer Unterschiede, gleich wie die Werte verteilt sind.',
      ],
      zh: ['Wilcoxon 符号秩检验', '按差值的秩比较两个运行，不要求得分服从某种分布。'],
    },
    {},
  ),
  icon: 'CompareArrows',
  parametric: false,
  ...pairwise,
  interpretation: {
    significant: {
      en: 'The runs rank differently by more than chance explains.',
      es: 'Los rangos de las ejecuciones difieren más de lo que explica el azar.',
      pt: 'Os postos das execuções diferem mais do que o acaso explica.',
      de: 'Die Ränge der Läufe unterscheiden sich stärker, als Zufall erklärt.',
      zh: '各运行的秩差异超出了偶然所能解释的程度。',
    },
    notSignificant: {
      en: 'Chance alone may explain how the ranks of the runs differ.',
      es: 'El azar por sí solo puede explicar en qué difieren los rangos de las ejecuciones.',
      pt: 'O acaso por si só pode explicar como diferem os postos das execuções.',
      de: 'Der Zufall allein kann erklären, wie sich die Ränge der Läufe unterscheiden.',
      zh: '各运行的秩差异可能仅由偶然造成。',
    },
  },
  notes: [
    'Folds on which both runs score the same are left out. Up to 50 differences the p-value is exact, also with ties; with five folds it is never below 0.0625 (one-sided 0.03125).',
    PAIRS_NOTE,
  ],

  run: (scores, options) =>
    comparePairs(scores, options, (one, other, alternative) => {
      const { statistic, pValue, differing, method } = signedRanks(one, other, alternative);
      if (differing === 0) throw new AppError('test-impossible', { reason: 'Δ₁ = Δ₂ = … = 0' });
      return { statistic, pValue, details: { differing_folds: differing, method } };
    }),
});
