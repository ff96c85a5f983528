import { choice, float, int, orNull } from '#contract';
import { fitBoostingClassifier, predictBoostingClassifier } from '#learn';

import { defineClassifier } from '../kit/model.js';
import { textsOf } from '../kit/texts.js';

import { importanceBars } from './feature-bars.js';
import { modelTexts } from './model-texts.js';
import { treeTexts } from './tree-texts.js';

export const histGradientBoostingClassifier = defineClassifier({
  name: 'HistGradientBoostingClassifier',
  tasks: ['TabularClassificationTask'],
  color: '#9575CD',
  icon: 'RocketLaunch',
  tags: { handlesMissing: true },
  params: {
    learning_rate: float({ default: 0.1, min: 0, search: { low: 0.1, high: 1 } }),
    max_iter: int({ default: 100, min: 1, search: { low: 100, high: 250 } }),
    max_depth: int({ default: 1, min: 1, search: { low: 1, high: 10 } }),
    max_leaf_nodes: int({ default: 31, min: 2, search: { low: 10, high: 40 } }),
    min_samples_leaf: int({ default: 20, min: 1, search: { low: 2, high: 25 } }),
    l2_regularization: float({ default: 0, min: 0, search: { low: 0, high: 1 } }),
    class_weight: orNull(choice({ default: 'balanced', options: ['balanced'], search: true })),
  },
  texts: textsOf(
    {
      en: ['Histogram-based Gradient Boosting', 'Adds small trees one by one, each correcting those before it.'],
      es: [
        'Gradient Boosting basado en histogramas',
        'Añade árboles pequeños uno a uno; cada uno corrige a los anteriores.',
      ],
      pt: [
        'Gradient Boosting baseado em histogramas',
        'Acrescenta árvores pequenas uma a uma; cada uma corrige as anteriores.',
      ],
      de: [
        'Histogramm-Gradient-Boosting',
        'Fügt kleine Bäume einen nach dem anderen hinzu; jeder verbessert die bisherigen.',
      ],
      zh: ['基于直方图的梯度提升', '逐棵加入小树，每一棵都修正之前的误差。'],
    },
    { ...modelTexts, ...treeTexts, max_iter: treeTexts.boosting_iterations },
  ),
  notes: [
    '`max_iter` and `max_depth` start at 1; scikit-learn refuses the 0 the reference allows.',
    'By default every tree asks a single question (`max_depth` 1), as in the reference; raise it for a stronger model.',
    'All training rows are learnt from: nothing is set aside to stop early.',
    'Missing values are learnt from; they need not be filled.',
  ],

  fit(x, y, classes, params, context) {
    return fitBoostingClassifier(
      x,
      y,
      classes,
      {
        learningRate: params.learning_rate,
        maxIter: params.max_iter,
        maxDepth: params.max_depth,
        maxLeafNodes: params.max_leaf_nodes,
        minSamplesLeaf: params.min_samples_leaf,
        l2Regularization: params.l2_regularization,
        classWeight: params.class_weight,
      },
      context,
    );
  },
  predict: (trees, x, context) => predictBoostingClassifier(trees, x, context?.tick),
  artifacts: (trees, names) => importanceBars(trees, names),
});
