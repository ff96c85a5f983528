import { precision as score } from '#learn';

import { defineClassificationMetric } from '../kit/metric.js';
import { namedTexts } from '../kit/texts.js';

export const precision = defineClassificationMetric({
  name: 'Precision',
  tasks: ['TabularClassificationTask'],
  maximize: true,
  texts: namedTexts('Precision', {
    en: 'Of the rows predicted as a class, the share that really belongs to it; with more than two classes the mean over them.',
    es: 'De las filas predichas como una clase, la proporción que realmente pertenece a ella; con más de dos clases, la media.',
    pt: 'Das linhas previstas como uma classe, a proporção que lhe pertence de facto; com mais de duas classes, a média.',
    de: 'Von den als Klasse vorhergesagten Zeilen der Anteil, der wirklich zu ihr gehört; bei mehr als zwei Klassen das Mittel.',
    zh: '被预测为某类别的行中真正属于该类别的比例；超过两个类别时取平均值。',
  }),
  notes: [
    "With two classes the second one, in the order of the column's categories, is the positive one. A class that is never predicted counts as 0.",
  ],
  score,
});
