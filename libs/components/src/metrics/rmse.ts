import { rootMeanSquaredError } from '#learn';

import { defineRegressionMetric } from '../kit/metric.js';
import { namedTexts } from '../kit/texts.js';

export const rmse = defineRegressionMetric({
  name: 'RMSE',
  tasks: ['RegressionTask'],
  maximize: false,
  texts: namedTexts('RMSE', {
    en: 'Square root of the mean squared error, in the unit of the output.',
    es: 'Raíz cuadrada del error cuadrático medio, en la unidad de la salida.',
    pt: 'Raiz quadrada do erro quadrático médio, na unidade da saída.',
    de: 'Quadratwurzel des mittleren quadratischen Fehlers, in der Einheit der Ausgabe.',
    zh: '均方误差的平方根，单位与输出相同。',
  }),
  score: rootMeanSquaredError,
});
