import { hammingDistance as score } from '#learn';

import { defineClassificationMetric } from '../kit/metric.js';
import { namedTexts } from '../kit/texts.js';

export const hammingDistance = defineClassificationMetric({
  name: 'HammingDistance',
  tasks: ['TabularClassificationTask'],
  maximize: false,
  texts: namedTexts('HammingDistance', {
    en: 'Share of rows whose class is predicted wrong.',
    es: 'Proporción de filas cuya clase se predice mal.',
    pt: 'Proporção de linhas cuja classe é prevista de forma errada.',
    de: 'Anteil der Zeilen, deren Klasse falsch vorhergesagt wird.',
    zh: '类别预测错误的行所占的比例。',
  }),
  score,
});
