import { logLoss as score } from '#learn';

import { defineClassificationMetric } from '../kit/metric.js';
import { namedTexts } from '../kit/texts.js';

export const logLoss = defineClassificationMetric({
  name: 'LogLoss',
  tasks: ['TabularClassificationTask'],
  maximize: false,
  texts: namedTexts('LogLoss', {
    en: 'Mean negative logarithm of the probability given to the true class; sure and wrong answers cost most.',
    es: 'Media del logaritmo negativo de la probabilidad dada a la clase verdadera; lo seguro y erróneo cuesta más.',
    pt: 'Média do logaritmo negativo da probabilidade dada à classe verdadeira; respostas seguras e erradas custam mais.',
    de: 'Mittlerer negativer Logarithmus der Wahrscheinlichkeit der wahren Klasse; sichere, aber falsche Antworten kosten am meisten.',
    zh: '赋予真实类别的概率的负对数的平均值；自信却错误的回答代价最大。',
  }),
  score,
});
