import { AppError } from '#contract';
import { levene } from '#learn';

import { defineStatisticalTest } from '../kit/statistical-test.js';
import { textsOf } from '../kit/texts.js';
import { ofSpread } from './interpretations.js';

export const leveneTest = defineStatisticalTest({
  name: 'LeveneTest',
  texts: textsOf(
    {
      en: ['Levene test', 'Asks whether runs spread equally, whatever the distribution of their scores.'],
      es: [
        'Prueba de Levene',
        'Pregunta si las ejecuciones se dispersan por igual, sea cual sea la distribución de sus puntuaciones.',
      ],
      pt: [
        'Teste de Levene',
        'Pergunta se as execuções se dispersam por igual, seja qual for a distribuição das pontuações.',
      ],
      de: ['Levene-Test', 'Fragt, ob Läufe gleich streuen, gleich wie ihre Werte verteilt sind.'],
      zh: ['Levene 检验', '检验各运行的离散程度是否相同，不要求得分服从某种分布。'],
    },
    {},
  ),
  icon: 'Science',
  parametric: false,
  helps: 'spread',
  minRuns: 2,
  maxRuns: null,
  interpretation: ofSpread,
  notes: ['Distances are taken from the medians (Brown and Forsythe), as scipy does.'],

  run(scores) {
    const { statistic, pValue } = levene(scores);
    if (Number.isNaN(statistic)) throw new AppError('test-impossible', { reason: '|x − x̃| = …' });
    return { statistic, pValue, pairs: null, details: {} };
  },
});
