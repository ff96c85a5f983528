import { defineLocalExplainer } from '../kit/explainer.js';
import { textsOf } from '../kit/texts.js';
import { backgroundParams, backgroundTexts, shapleyNotes } from './background-params.js';
import { explainByShapley, MOST_BACKGROUND } from './kernel-shap-explanation.js';

export const regressionKernelShap = defineLocalExplainer({
  name: 'RegressionKernelShap',
  tasks: ['RegressionTask'],
  params: backgroundParams,
  texts: textsOf(
    {
      en: ['Kernel SHAP (regression)', 'Shares out the number predicted for a row among the columns that led to it.'],
      es: ['Kernel SHAP (regresión)', 'Reparte el número predicho para una fila entre las columnas que llevaron a él.'],
      pt: ['Kernel SHAP (regressão)', 'Reparte o número previsto para uma linha pelas colunas que levaram a ele.'],
      de: [
        'Kernel SHAP (Regression)',
        'Teilt die für eine Zeile vorhergesagte Zahl auf die Spalten auf, die zu ihr führten.',
      ],
      zh: ['Kernel SHAP（回归）', '将某一行的预测数值分摊到促成它的各列。'],
    },
    backgroundTexts,
  ),
  notes: shapleyNotes(MOST_BACKGROUND),

  explain: (model, background, rows, params, context) =>
    explainByShapley(model, background, rows, { ...params, link: (answer) => answer }, context),
});
