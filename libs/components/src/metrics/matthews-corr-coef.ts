import { matthewsCorrCoef as score } from '#learn';

import { defineClassificationMetric } from '../kit/metric.js';
import { namedTexts } from '../kit/texts.js';

export const matthewsCorrCoef = defineClassificationMetric({
  name: 'MatthewsCorrCoef',
  tasks: ['TabularClassificationTask'],
  maximize: true,
  texts: namedTexts('MatthewsCorrCoef', {
    en: 'Correlation between true and predicted classes, fair also when classes are unequal in size.',
    es: 'Correlación entre clases verdaderas y predichas, justa también con clases de tamaño desigual.',
    pt: 'Correlação entre classes verdadeiras e previstas, justa também com classes de tamanho desigual.',
    de: 'Korrelation zwischen wahren und vorhergesagten Klassen, gerecht auch bei ungleich großen Klassen.',
    zh: '真实类别与预测类别之间的相关系数，类别大小不均时也公平。',
  }),
  notes: ["The reference registers this metric but leaves it out of its tasks' lists; here the tasks offer it."],
  score,
});
