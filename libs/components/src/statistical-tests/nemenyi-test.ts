import { meanRanks, studentizedRangeTail } from '#learn';

import { defineStatisticalTest } from '../kit/statistical-test.js';
import { textsOf } from '../kit/texts.js';

export const nemenyiTest = defineStatisticalTest({
  name: 'NemenyiTest',
  texts: textsOf(
    {
      en: ['Nemenyi test', 'Tells after a Friedman test which runs rank differently, pair by pair.'],
      es: ['Prueba de Nemenyi', 'Dice tras una prueba de Friedman qué ejecuciones tienen rangos distintos, par a par.'],
      pt: ['Teste de Nemenyi', 'Diz após um teste de Friedman que execuções têm postos diferentes, par a par.'],
      de: ['Nemenyi-Test', 'Sagt nach einem Friedman-Test, welche Läufe verschiedene Ränge haben, Paar für Paar.'],
      zh: ['Nemenyi 检验', '在 Friedman 检验之后，逐对指出哪些运行的排名不同。'],
    },
    {},
  ),
  icon: 'CompareArrows',
  parametric: false,
  minRuns: 3,
  maxRuns: null,
  postHoc: true,
  interpretation: {
    significant: {
      en: 'Pairs with a p-value below the level rank differently.',
      es: 'Los pares con un valor p inferior al nivel tienen rangos distintos.',
      pt: 'Os pares com um valor p inferior ao nível têm postos diferentes.',
      de: 'Paare mit einem p-Wert unter dem Niveau haben verschiedene Ränge.',
      zh: 'p 值低于显著性水平的配对排名不同。',
    },
    notSignificant: {
      en: 'No pair ranks differently at this level.',
      es: 'Ningún par tiene rangos distintos a este nivel.',
      pt: 'Nenhum par tem postos diferentes a este nível.',
      de: 'Auf diesem Niveau hat kein Paar verschiedene Ränge.',
      zh: '在此水平下没有配对排名不同。',
    },
  },

  /** Source: P. Nemenyi, 1963, as in J. Demšar, Statistical Comparisons of Classifiers over Multiple Data Sets, 2006. */
  run(scores) {
    const ranks = meanRanks(scores);
    const unit = Math.sqrt((ranks.length * (ranks.length + 1)) / (6 * scores[0]!.length));
    const pairs = ranks.flatMap((one, first) =>
      ranks.slice(first + 1).map((other, at) => {
        const statistic = Math.abs(one - other) / unit;
        const pValue = studentizedRangeTail(statistic * Math.SQRT2, ranks.length);
        return { first, second: first + 1 + at, statistic, pValue };
      }),
    );
    return { statistic: null, pValue: null, pairs, details: { mean_ranks: ranks } };
  },
});
