import { AppError } from '#contract';
import { shapiroWilk } from '#learn';

import { defineStatisticalTest } from '../kit/statistical-test.js';
import { textsOf } from '../kit/texts.js';

export const shapiroTest = defineStatisticalTest({
  name: 'ShapiroTest',
  texts: textsOf(
    {
      en: ['Shapiro–Wilk test', 'Asks whether the scores of the runs look normal, which tests of means suppose.'],
      es: [
        'Prueba de Shapiro–Wilk',
        'Pregunta si las puntuaciones de las ejecuciones parecen normales, como suponen las pruebas de medias.',
      ],
      pt: [
        'Teste de Shapiro–Wilk',
        'Pergunta se as pontuações das execuções parecem normais, como supõem os testes de médias.',
      ],
      de: [
        'Shapiro-Wilk-Test',
        'Fragt, ob die Werte der Läufe normalverteilt aussehen, wie es Tests von Mittelwerten voraussetzen.',
      ],
      zh: ['Shapiro–Wilk 检验', '检验各运行的得分是否近似正态，这是均值检验的前提。'],
    },
    {},
  ),
  icon: 'Science',
  parametric: true,
  helps: 'normality',
  minRuns: 1,
  maxRuns: null,
  interpretation: {
    significant: {
      en: 'At least one run does not score normally: prefer a test by ranks.',
      es: 'Al menos una ejecución no puntúa de forma normal: prefiera una prueba por rangos.',
      pt: 'Pelo menos uma execução não pontua de forma normal: prefira um teste por postos.',
      de: 'Mindestens ein Lauf ist nicht normalverteilt: Nehmen Sie lieber einen Test nach Rängen.',
      zh: '至少有一个运行的得分不服从正态分布：请优先使用按秩的检验。',
    },
    notSignificant: {
      en: 'Nothing speaks against normal scores: tests of means may be used.',
      es: 'Nada habla en contra de puntuaciones normales: pueden usarse pruebas de medias.',
      pt: 'Nada indica que as pontuações não sejam normais: podem usar-se testes de médias.',
      de: 'Nichts spricht gegen normalverteilte Werte: Tests von Mittelwerten sind möglich.',
      zh: '没有证据表明得分不服从正态分布：可以使用均值检验。',
    },
  },
  notes: [
    'Of several runs the one farthest from normal decides, its p-value times the number of runs; the details have all of them, uncorrected.',
    'It takes three folds at least; with few folds it finds only gross departures.',
  ],

  run(scores) {
    if (scores[0]!.length < 3) throw new AppError('test-impossible', { reason: `folds: ${scores[0]!.length} < 3` });
    const each = scores.map((run) => shapiroWilk(run));
    const worst = each.reduce((least, one) => (one.pValue < least.pValue ? one : least));
    if (each.some(({ pValue }) => Number.isNaN(pValue)))
      throw new AppError('test-impossible', { reason: 'x₁ = x₂ = …' });
    return {
      statistic: worst.statistic,
      pValue: Math.min(1, worst.pValue * scores.length),
      pairs: null,
      details: { statistics: each.map(({ statistic }) => statistic), p_values: each.map(({ pValue }) => pValue) },
    };
  },
});
