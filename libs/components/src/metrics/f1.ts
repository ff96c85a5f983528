import { f1 as score } from '#learn';

import { defineClassificationMetric } from '../kit/metric.js';
import { namedTexts } from '../kit/texts.js';

export const f1 = defineClassificationMetric({
  name: 'F1',
  tasks: ['TabularClassificationTask'],
  maximize: true,
  texts: namedTexts('F1', {
    en: 'Harmonic mean of precision and recall; with more than two classes the mean over them.',
    es: 'Media armónica de precisión y exhaustividad; con más de dos clases, la media entre ellas.',
    pt: 'Média harmónica de precisão e revocação; com mais de duas classes, a média entre elas.',
    de: 'Harmonisches Mittel aus Präzision und Trefferquote; bei mehr als zwei Klassen das Mittel über sie.',
    zh: '精确率与召回率的调和平均数；超过两个类别时取各类别的平均值。',
  }),
  notes: ["With two classes the second one, in the order of the column's categories, is the positive one."],
  score,
});
