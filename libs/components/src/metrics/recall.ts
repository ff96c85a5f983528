import { recall as score } from '#learn';

import { defineClassificationMetric } from '../kit/metric.js';
import { namedTexts } from '../kit/texts.js';

export const recall = defineClassificationMetric({
  name: 'Recall',
  tasks: ['TabularClassificationTask'],
  maximize: true,
  texts: namedTexts('Recall', {
    en: 'Of the rows of a class, the share that is found; with more than two classes the mean over them.',
    es: 'De las filas de una clase, la proporción que se encuentra; con más de dos clases, la media.',
    pt: 'Das linhas de uma classe, a proporção que é encontrada; com mais de duas classes, a média.',
    de: 'Von den Zeilen einer Klasse der Anteil, der gefunden wird; bei mehr als zwei Klassen das Mittel.',
    zh: '某类别的行中被找出的比例；超过两个类别时取平均值。',
  }),
  notes: ["With two classes the second one, in the order of the column's categories, is the positive one."],
  score,
});
