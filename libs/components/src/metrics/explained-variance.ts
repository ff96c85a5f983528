import { explainedVariance as score } from '#learn';

import { defineRegressionMetric } from '../kit/metric.js';
import { namedTexts } from '../kit/texts.js';

export const explainedVariance = defineRegressionMetric({
  name: 'ExplainedVariance',
  tasks: ['RegressionTask'],
  maximize: true,
  texts: namedTexts('ExplainedVariance', {
    en: 'Like R2, but blind to an error that is the same in every row.',
    es: 'Como R2, pero ciega a un error que es igual en todas las filas.',
    pt: 'Como R2, mas cega a um erro que é igual em todas as linhas.',
    de: 'Wie R2, aber blind für einen Fehler, der in jeder Zeile gleich ist.',
    zh: '与 R2 类似，但忽略每一行都相同的误差。',
  }),
  score,
});
