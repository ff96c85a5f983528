import { rocAuc as score } from '#learn';

import { defineClassificationMetric } from '../kit/metric.js';
import { namedTexts } from '../kit/texts.js';

export const rocAuc = defineClassificationMetric({
  name: 'ROCAUC',
  tasks: ['TabularClassificationTask'],
  maximize: true,
  texts: namedTexts('ROCAUC', {
    en: 'Area under the ROC curve: how often a row of the class is ranked above one of another; with more than two classes one against the rest.',
    es: 'Área bajo la curva ROC: con qué frecuencia una fila de la clase queda por delante de otra ajena; con más de dos clases, una contra el resto.',
    pt: 'Área sob a curva ROC: com que frequência uma linha da classe fica à frente de outra alheia; com mais de duas classes, uma contra as restantes.',
    de: 'Fläche unter der ROC-Kurve: wie oft eine Zeile der Klasse vor einer fremden eingeordnet wird; bei mehr als zwei Klassen eine gegen alle übrigen.',
    zh: 'ROC 曲线下面积：属于该类别的行排在其他行之前的概率；超过两个类别时采用一对其余。',
  }),
  notes: ['Undefined, and then left out, where a class does not occur in the part that is scored.'],
  waive: {
    'a class that occurs nowhere counts for nothing': 'its curve is undefined, and so is the mean over the classes',
  },
  score,
});
