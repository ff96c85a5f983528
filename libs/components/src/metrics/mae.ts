import { meanAbsoluteError } from '#learn';

import { defineRegressionMetric } from '../kit/metric.js';
import { namedTexts } from '../kit/texts.js';

export const mae = defineRegressionMetric({
  name: 'MAE',
  tasks: ['RegressionTask'],
  maximize: false,
  texts: namedTexts('MAE', {
    en: 'Mean absolute error: how far off the predictions are on average, in the unit of the output.',
    es: 'Error absoluto medio: cuánto se alejan las predicciones en promedio, en la unidad de la salida.',
    pt: 'Erro absoluto médio: quanto as previsões se afastam em média, na unidade da saída.',
    de: 'Mittlerer absoluter Fehler: wie weit die Vorhersagen im Mittel danebenliegen, in der Einheit der Ausgabe.',
    zh: '平均绝对误差：预测平均偏离多少，单位与输出相同。',
  }),
  score: meanAbsoluteError,
});
