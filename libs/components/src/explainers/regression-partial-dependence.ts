import { float, int } from '#contract';

import { defineGlobalExplainer } from '../kit/explainer.js';
import { textsOf } from '../kit/texts.js';
import { partialDependence } from './dependence.js';
import { dependenceTexts } from './dependence-texts.js';
import { percentilesInOrder } from './percentile-rule.js';

/** Test rows that are averaged over at most. */
const MOST_ROWS = 200;

export const regressionPartialDependence = defineGlobalExplainer({
  name: 'RegressionPartialDependence',
  tasks: ['RegressionTask'],
  params: {
    grid_resolution: int({ default: 50, min: 5, max: 200 }),
    lower_percentile: float({ default: 0.05, min: 0, max: 1 }),
    upper_percentile: float({ default: 0.95, min: 0, max: 1 }),
  },
  rules: [percentilesInOrder],
  texts: textsOf(
    {
      en: [
        'Partial Dependence (regression)',
        'Shows how the predicted number changes with one column, all else as it is.',
      ],
      es: [
        'Dependencia Parcial (regresión)',
        'Muestra cómo cambia el número predicho con una columna, dejando lo demás como está.',
      ],
      pt: [
        'Dependência Parcial (regressão)',
        'Mostra como o número previsto muda com uma coluna, mantendo o resto como está.',
      ],
      de: [
        'Partielle Abhängigkeit (Regression)',
        'Zeigt, wie sich die vorhergesagte Zahl mit einer Spalte ändert, wenn alles andere bleibt.',
      ],
      zh: ['部分依赖（回归）', '显示在其他列不变时，预测数值如何随某一列变化。'],
    },
    dependenceTexts,
  ),
  notes: [
    `Of more than ${MOST_ROWS} test rows, as many are drawn; the grid comes from all of them.`,
    'Columns of levels are explained too, and averages are not cut to four decimals.',
  ],

  explain: (model, test, params, context) => partialDependence(model, test.frame, params, context, MOST_ROWS),
});
