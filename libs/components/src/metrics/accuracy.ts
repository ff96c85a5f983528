import { accuracy as score } from '#learn';

import { defineClassificationMetric } from '../kit/metric.js';
import { namedTexts } from '../kit/texts.js';

export const accuracy = defineClassificationMetric({
  name: 'Accuracy',
  tasks: ['TabularClassificationTask'],
  maximize: true,
  texts: namedTexts('Accuracy', {
    en: 'Share of rows whose class is predicted right.',
    es: 'Proporción de filas cuya clase se predice correctamente.',
    pt: 'Proporção de linhas cuja classe é prevista corretamente.',
    de: 'Anteil der Zeilen, deren Klasse richtig vorhergesagt wird.',
    zh: '类别预测正确的行所占的比例。',
  }),
  score,
});
