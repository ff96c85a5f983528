import { smape as score } from '#learn';

import { defineRegressionMetric } from '../kit/metric.js';
import { namedTexts } from '../kit/texts.js';

export const smape = defineRegressionMetric({
  name: 'SMAPE',
  tasks: ['RegressionTask'],
  maximize: false,
  texts: namedTexts('SMAPE', {
    en: 'Mean absolute error in percent of the mean of true and predicted size, between 0 and 200.',
    es: 'Error absoluto medio en porcentaje de la media entre tamaño verdadero y predicho, entre 0 y 200.',
    pt: 'Erro absoluto médio em percentagem da média entre tamanho verdadeiro e previsto, entre 0 e 200.',
    de: 'Mittlerer absoluter Fehler in Prozent des Mittels aus wahrer und vorhergesagter Größe, zwischen 0 und 200.',
    zh: '以真实值与预测值大小的平均数的百分比表示的平均绝对误差，范围 0 到 200。',
  }),
  score,
});
