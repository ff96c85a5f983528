import { cohenKappa as score } from '#learn';

import { defineClassificationMetric } from '../kit/metric.js';
import { namedTexts } from '../kit/texts.js';

export const cohenKappa = defineClassificationMetric({
  name: 'CohenKappa',
  tasks: ['TabularClassificationTask'],
  maximize: true,
  texts: namedTexts('CohenKappa', {
    en: 'Agreement of truth and prediction beyond what chance would give: 1 is perfect, 0 is chance.',
    es: 'Acuerdo entre verdad y predicción más allá del azar: 1 es perfecto, 0 es azar.',
    pt: 'Concordância entre verdade e previsão para além do acaso: 1 é perfeita, 0 é acaso.',
    de: 'Übereinstimmung von Wahrheit und Vorhersage über den Zufall hinaus: 1 ist vollkommen, 0 ist Zufall.',
    zh: '真实值与预测值超出随机水平的一致程度：1 为完全一致，0 为随机。',
  }),
  notes: ['Undefined, and then left out, where truth and prediction hold one and the same class only.'],
  score,
});
