import { mape as score } from '#learn';

import { defineRegressionMetric } from '../kit/metric.js';
import { namedTexts } from '../kit/texts.js';

export const mape = defineRegressionMetric({
  name: 'MAPE',
  tasks: ['RegressionTask'],
  maximize: false,
  texts: namedTexts('MAPE', {
    en: 'Mean absolute error in percent of the true value; rows whose true value is 0 are left out.',
    es: 'Error absoluto medio en porcentaje del valor verdadero; se omiten las filas cuyo valor verdadero es 0.',
    pt: 'Erro absoluto médio em percentagem do valor verdadeiro; omitem-se as linhas cujo valor verdadeiro é 0.',
    de: 'Mittlerer absoluter Fehler in Prozent des wahren Werts; Zeilen mit dem wahren Wert 0 bleiben außen vor.',
    zh: '以真实值百分比表示的平均绝对误差；真实值为 0 的行不计入。',
  }),
  notes: ['Undefined, and then left out, where every true value is 0.'],
  score,
});
