import { balancedAccuracy as score } from '#learn';

import { defineClassificationMetric } from '../kit/metric.js';
import { namedTexts } from '../kit/texts.js';

export const balancedAccuracy = defineClassificationMetric({
  name: 'BalancedAccuracy',
  tasks: ['TabularClassificationTask'],
  maximize: true,
  texts: namedTexts('BalancedAccuracy', {
    en: 'Mean over the classes of the share of their rows that is found, so that rare classes count as much as common ones.',
    es: 'Media entre clases de la proporción de filas encontradas, de modo que las clases raras cuentan tanto como las frecuentes.',
    pt: 'Média entre classes da proporção de linhas encontradas, para que classes raras contem tanto como as frequentes.',
    de: 'Mittel über die Klassen vom Anteil ihrer gefundenen Zeilen, sodass seltene Klassen so viel zählen wie häufige.',
    zh: '各类别被找出的行所占比例的平均值，稀有类别与常见类别同等重要。',
  }),
  score,
});
