import { float, int } from '#contract';

import { defineGlobalExplainer } from '../kit/explainer.js';
import { textsOf } from '../kit/texts.js';
import { partialDependence as explain } from './dependence.js';
import { dependenceTexts } from './dependence-texts.js';
import { percentilesInOrder } from './percentile-rule.js';

/** Test rows that are averaged over at most. */
const MOST_ROWS = 1000;

export const partialDependence = defineGlobalExplainer({
  name: 'PartialDependence',
  tasks: ['TabularClassificationTask'],
  params: {
    grid_resolution: int({ default: 100, min: 1, max: 1000 }),
    lower_percentile: float({ default: 0.05, min: 0, max: 0.99 }),
    upper_percentile: float({ default: 0.95, min: 0.01, max: 1 }),
  },
  rules: [percentilesInOrder],
  texts: textsOf(
    {
      en: ['Partial Dependence', 'Shows how the probability of each class changes with one column, all else as it is.'],
      es: [
        'Dependencia Parcial',
        'Muestra cómo cambia la probabilidad de cada clase con una columna, dejando lo demás como está.',
      ],
      pt: [
        'Dependência Parcial',
        'Mostra como a probabilidade de cada classe muda com uma coluna, mantendo o resto como está.',
      ],
      de: [
        'Partielle Abhängigkeit',
        'Zeigt, wie sich die Wahrscheinlichkeit jeder Klasse mit einer Spalte ändert, wenn alles andere bleibt.',
      ],
      zh: ['部分依赖', '显示在其他列不变时，各类别的概率如何随某一列变化。'],
    },
    dependenceTexts,
  ),
  notes: [
    `Of more than ${MOST_ROWS} test rows, as many are drawn; the grid comes from all of them.`,
    'The averages of all classes are given, also where there are two; columns of levels are part of the explanation.',
    'The resolution ends at 1000, where the reference names no limit.',
  ],

  explain: (model, test, params, context) => explain(model, test.frame, params, context, MOST_ROWS),
});
