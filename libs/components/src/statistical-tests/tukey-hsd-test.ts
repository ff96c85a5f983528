import { AppError } from '#contract';
import { repeatedAnova, tukeyPairs } from '#learn';

import { defineStatisticalTest } from '../kit/statistical-test.js';
import { textsOf } from '../kit/texts.js';

export const tukeyHsdTest = defineStatisticalTest({
  name: 'TukeyHSDTest',
  texts: textsOf(
    {
      en: ['Tukey HSD', 'Tells after an analysis of variance which runs score differently, pair by pair.'],
      es: ['HSD de Tukey', 'Dice tras un análisis de varianza qué ejecuciones puntúan distinto, par a par.'],
      pt: ['HSD de Tukey', 'Diz após uma análise de variância que execuções pontuam de modo diferente, par a par.'],
      de: ['Tukey-HSD', 'Sagt nach einer Varianzanalyse, welche Läufe verschieden abschneiden, Paar für Paar.'],
      zh: ['Tukey HSD 检验', '在方差分析之后，逐对指出哪些运行的得分不同。'],
    },
    {},
  ),
  icon: 'CompareArrows',
  parametric: true,
  minRuns: 3,
  maxRuns: null,
  postHoc: true,
  interpretation: {
    significant: {
      en: 'Pairs with a p-value below the level score differently.',
      es: 'Los pares con un valor p inferior al nivel puntúan distinto.',
      pt: 'Os pares com um valor p inferior ao nível pontuam de modo diferente.',
      de: 'Paare mit einem p-Wert unter dem Niveau schneiden verschieden ab.',
      zh: 'p 值低于显著性水平的配对得分不同。',
    },
    notSignificant: {
      en: 'No pair scores differently at this level.',
      es: 'Ningún par puntúa distinto a este nivel.',
      pt: 'Nenhum par pontua de modo diferente a este nível.',
      de: 'Auf diesem Niveau schneidet kein Paar verschieden ab.',
      zh: '在此水平下没有配对得分不同。',
    },
  },
  notes: [
    'The spread is that of the analysis of variance with repeated measures: what folds have in common does not count.',
  ],

  run(scores) {
    const { statistic, means } = repeatedAnova(scores);
    if (!Number.isFinite(statistic)) throw new AppError('test-impossible', { reason: 'MSE = 0' });
    return { statistic: null, pValue: null, pairs: tukeyPairs(scores), details: { means } };
  },
});
