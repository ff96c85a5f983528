import { AppError } from '#contract';
import { bartlett } from '#learn';

import { defineStatisticalTest } from '../kit/statistical-test.js';
import { textsOf } from '../kit/texts.js';
import { ofSpread } from './interpretations.js';

export const bartlettTest = defineStatisticalTest({
  name: 'BartlettTest',
  texts: textsOf(
    {
      en: ['Bartlett test', 'Asks whether runs with normal scores spread equally.'],
      es: ['Prueba de Bartlett', 'Pregunta si ejecuciones con puntuaciones normales se dispersan por igual.'],
      pt: ['Teste de Bartlett', 'Pergunta se execuções com pontuações normais se dispersam por igual.'],
      de: ['Bartlett-Test', 'Fragt, ob Läufe mit normalverteilten Werten gleich streuen.'],
      zh: ['Bartlett 检验', '检验得分服从正态分布的各运行离散程度是否相同。'],
    },
    {},
  ),
  icon: 'Science',
  parametric: true,
  helps: 'spread',
  minRuns: 2,
  maxRuns: null,
  interpretation: ofSpread,
  notes: ['Scores that are not normal look like unequal spreads to it; the Levene test does not mind.'],

  run(scores) {
    const { statistic, pValue } = bartlett(scores);
    if (Number.isNaN(statistic)) throw new AppError('test-impossible', { reason: 's² = 0' });
    return { statistic, pValue, pairs: null, details: {} };
  },
});
