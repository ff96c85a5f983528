import { choice, int } from '#contract';

import { defineLocalExplainer } from '../kit/explainer.js';
import { textsOf } from '../kit/texts.js';
import { MOST_KNOWN, nearestKnown } from './cell-space.js';
import { explainByCounterfactuals } from './counterfactual-explanation.js';

export const nearestCounterfactual = defineLocalExplainer({
  name: 'NearestCounterfactual',
  tasks: ['TabularClassificationTask'],
  params: {
    n_counterfactuals: int({ default: 3, min: 1, max: 10 }),
    distance: choice({ default: 'l1', options: ['l1', 'l2'] }),
  },
  texts: textsOf(
    {
      en: ['Nearest Counterfactual', 'Shows the training rows most like a row that the model answers otherwise.'],
      es: [
        'Contrafactual más cercano',
        'Muestra las filas de entrenamiento más parecidas a una fila para las que el modelo responde otra cosa.',
      ],
      pt: [
        'Contrafactual mais próximo',
        'Mostra as linhas de treino mais parecidas com uma linha para as quais o modelo responde outra coisa.',
      ],
      de: [
        'Nächstes kontrafaktisches Beispiel',
        'Zeigt die einer Zeile ähnlichsten Trainingszeilen, auf die das Modell anders antwortet.',
      ],
      zh: ['最近反事实', '显示与某一行最相似、但模型给出不同答案的训练行。'],
    },
    {
      n_counterfactuals: {
        en: ['Counterfactuals', 'How many rows are shown.'],
        es: ['Contrafactuales', 'Cuántas filas se muestran.'],
        pt: ['Contrafactuais', 'Quantas linhas são mostradas.'],
        de: ['Beispiele', 'Wie viele Zeilen gezeigt werden.'],
        zh: ['反事实数量', '显示多少行。'],
      },
      distance: {
        en: ['Distance', 'Differences by column are summed (l1), or squared, summed and rooted (l2).'],
        es: [
          'Distancia',
          'Las diferencias por columna se suman (l1), o se suman sus cuadrados y se saca la raíz (l2).',
        ],
        pt: ['Distância', 'As diferenças por coluna somam-se (l1), ou somam-se os quadrados e tira-se a raiz (l2).'],
        de: [
          'Abstand',
          'Unterschiede je Spalte werden addiert (l1) oder quadriert, addiert und als Wurzel genommen (l2).',
        ],
        zh: ['距离', '按列差值求和（l1），或平方求和再开方（l2）。'],
      },
    },
  ),
  notes: [
    'Differences of numbers are divided by their range among the training rows; another word, or a gap on one side, counts 1.',
    `Of more than ${MOST_KNOWN} training rows so many are drawn.`,
  ],

  explain: (model, training, rows, { n_counterfactuals: count, distance: metric }, context) =>
    explainByCounterfactuals(
      model,
      training,
      rows,
      (space, { own, code, codes }) =>
        nearestKnown(space, codes, (other) => other !== code, own, metric).slice(0, count),
      context,
    ),
});
