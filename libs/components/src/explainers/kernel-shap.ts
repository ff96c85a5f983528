import { choice } from '#contract';

import { defineLocalExplainer } from '../kit/explainer.js';
import { textsOf } from '../kit/texts.js';
import { backgroundParams, backgroundTexts, shapleyNotes } from './background-params.js';
import { explainByShapley, MOST_BACKGROUND } from './kernel-shap-explanation.js';

/** Probabilities nearer than this to 0 or 1 have no useful log-odds. */
const NEAREST = 1e-6;
const logit = (probability: number): number => {
  const inside = Math.min(1 - NEAREST, Math.max(NEAREST, probability));
  return Math.log(inside / (1 - inside));
};

export const kernelShap = defineLocalExplainer({
  name: 'KernelShap',
  tasks: ['TabularClassificationTask'],
  params: { link: choice({ default: 'identity', options: ['identity', 'logit'] }), ...backgroundParams },
  texts: textsOf(
    {
      en: ['Kernel SHAP', 'Shares out the probability of each class of a row among the columns that led to it.'],
      es: ['Kernel SHAP', 'Reparte la probabilidad de cada clase de una fila entre las columnas que llevaron a ella.'],
      pt: ['Kernel SHAP', 'Reparte a probabilidade de cada classe de uma linha pelas colunas que levaram a ela.'],
      de: [
        'Kernel SHAP',
        'Teilt die Wahrscheinlichkeit jeder Klasse einer Zeile auf die Spalten auf, die zu ihr führten.',
      ],
      zh: ['Kernel SHAP', '将某一行各类别的概率分摊到促成它的各列。'],
    },
    {
      link: {
        en: ['Link', 'Whether probabilities themselves or their log-odds are shared out.'],
        es: ['Enlace', 'Si se reparten las probabilidades mismas o su logaritmo de razón de momios.'],
        pt: ['Ligação', 'Se são repartidas as próprias probabilidades ou o logaritmo das suas chances.'],
        de: ['Verknüpfung', 'Ob die Wahrscheinlichkeiten selbst oder ihre Log-Chancen aufgeteilt werden.'],
        zh: ['连接函数', '分摊的是概率本身还是其对数几率。'],
      },
      ...backgroundTexts,
    },
  ),
  notes: [
    ...shapleyNotes(MOST_BACKGROUND),
    `Log-odds are those of probabilities between ${NEAREST} and 1 − ${NEAREST}; further out they would be infinite.`,
  ],

  explain(model, background, rows, { link, ...options }, context) {
    const unit = link === 'logit' ? logit : (answer: number): number => answer;
    return explainByShapley(model, background, rows, { ...options, link: unit }, context);
  },
});
