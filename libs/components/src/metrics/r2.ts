import { r2 as score } from '#learn';

import { defineRegressionMetric } from '../kit/metric.js';
import { namedTexts } from '../kit/texts.js';

export const r2 = defineRegressionMetric({
  name: 'R2',
  tasks: ['RegressionTask'],
  maximize: true,
  texts: namedTexts('R2', {
    en: "Share of the output's variance the model explains: 1 is perfect, 0 is no better than the mean.",
    es: 'Proporción de la varianza de la salida que explica el modelo: 1 es perfecto, 0 no mejora la media.',
    pt: 'Proporção da variância da saída que o modelo explica: 1 é perfeito, 0 não é melhor que a média.',
    de: 'Anteil der Varianz der Ausgabe, den das Modell erklärt: 1 ist vollkommen, 0 nicht besser als der Mittelwert.',
    zh: '模型解释的输出方差所占比例：1 为完美，0 表示不比均值好。',
  }),
  notes: ['Undefined, and then left out, for a part of fewer than two rows.'],
  score,
});
