import { meanSquaredError } from '#learn';

import { defineRegressionMetric } from '../kit/metric.js';
import { namedTexts } from '../kit/texts.js';

export const mse = defineRegressionMetric({
  name: 'MSE',
  tasks: ['RegressionTask'],
  maximize: false,
  texts: namedTexts('MSE', {
    en: 'Mean squared error: like the mean absolute error, but large misses weigh more.',
    es: 'Error cuadrático medio: como el error absoluto medio, pero los fallos grandes pesan más.',
    pt: 'Erro quadrático médio: como o erro absoluto médio, mas os grandes desvios pesam mais.',
    de: 'Mittlerer quadratischer Fehler: wie der mittlere absolute Fehler, doch große Abweichungen wiegen schwerer.',
    zh: '均方误差：与平均绝对误差类似，但大的偏差权重更高。',
  }),
  score: meanSquaredError,
});
