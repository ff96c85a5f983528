import { AppError } from '#contract';
import { repeatedAnova } from '#learn';

import { defineStatisticalTest } from '../kit/statistical-test.js';
import { textsOf } from '../kit/texts.js';

export const anovaTest = defineStatisticalTest({
  name: 'AnovaTest',
  texts: textsOf(
    {
      en: ['ANOVA with repeated measures', 'Asks by means whether several runs differ at all on the same folds.'],
      es: [
        'ANOVA de medidas repetidas',
        'Pregunta por medias si varias ejecuciones difieren en algo en los mismos pliegues.',
      ],
      pt: [
        'ANOVA de medidas repetidas',
        'Pergunta por médias se várias execuções diferem de todo nas mesmas partições.',
      ],
      de: [
        'ANOVA mit Messwiederholung',
        'Fragt anhand von Mittelwerten, ob sich mehrere Läufe auf denselben Faltungen überhaupt unterscheiden.',
      ],
      zh: ['重复测量方差分析', '按均值检验多个运行在相同折上是否存在差异。'],
    },
    {},
  ),
  icon: 'Science',
  parametric: true,
  minRuns: 3,
  maxRuns: null,
  followedBy: 'TukeyHSDTest',
  interpretation: {
    significant: {
      en: 'At least one run scores differently from the others.',
      es: 'Al menos una ejecución puntúa distinto de las demás.',
      pt: 'Pelo menos uma execução pontua de modo diferente das outras.',
      de: 'Mindestens ein Lauf schneidet anders ab als die übrigen.',
      zh: '至少有一个运行的得分与其他运行不同。',
    },
    notSignificant: {
      en: 'The means of the runs differ no more than by chance.',
      es: 'Las medias de las ejecuciones no difieren más que por azar.',
      pt: 'As médias das execuções não diferem mais do que por acaso.',
      de: 'Die Mittelwerte der Läufe unterscheiden sich nicht mehr als zufällig.',
      zh: '各运行的均值差异不超出偶然范围。',
    },
  },
  notes: [
    'Runs are scored on the same folds, so what the folds have in common is taken out first (repeated measures, as statsmodels’ AnovaRM).',
  ],

  run(scores) {
    const { statistic, pValue, degrees, means } = repeatedAnova(scores);
    if (!Number.isFinite(statistic)) throw new AppError('test-impossible', { reason: 'MSE = 0' });
    return { statistic, pValue, pairs: null, details: { means, degrees_of_freedom: degrees } };
  },
});
