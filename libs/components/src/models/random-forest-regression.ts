import { bool, choice, float, int, orNull, union } from '#contract';
import { fitForestRegressor, predictTrees } from '#learn';

import { defineRegressor } from '../kit/model.js';
import { seeded } from '../kit/seed.js';
import { textsOf } from '../kit/texts.js';

import { importanceBars } from './feature-bars.js';
import { modelTexts } from './model-texts.js';
import { treeTexts } from './tree-texts.js';

export const randomForestRegression = defineRegressor({
  name: 'RandomForestRegression',
  tasks: ['RegressionTask'],
  color: '#FF8A65',
  icon: 'Forest',
  tags: { stochastic: true },
  params: {
    n_estimators: int({ default: 100, min: 1, search: { low: 10, high: 1000 } }),
    criterion: choice({
      default: 'squared_error',
      options: ['squared_error', 'absolute_error', 'poisson'],
      search: true,
    }),
    max_depth: orNull(int({ default: 1, min: 1, search: { low: 1, high: 32 } })),
    min_samples_split: int({ default: 2, min: 2, search: { low: 2, high: 20 } }),
    min_samples_leaf: int({ default: 1, min: 1, search: { low: 1, high: 20 } }),
    min_weight_fraction_leaf: float({ default: 0, min: 0, max: 0.5 }),
    max_features: orNull(
      union({
        default: 'sqrt',
        of: [float({ default: 1, above: 0, max: 1 }), choice({ default: 'sqrt', options: ['sqrt', 'log2'] })],
        search: ['sqrt', 'log2'],
      }),
      'sqrt',
    ),
    max_leaf_nodes: orNull(int({ default: 2, min: 2, search: { low: 2, high: 255 } })),
    min_impurity_decrease: float({ default: 0, min: 0 }),
    bootstrap: bool({ default: true, search: true }),
    oob_score: bool({ default: false }),
    n_jobs: orNull(int({ default: 1, min: 1 })),
    random_state: orNull(int({ default: 0, min: 0 })),
    warm_start: bool({ default: false }),
    ccp_alpha: float({ default: 0, min: 0, search: { low: 0, high: 1 } }),
    max_samples: orNull(float({ default: 1, above: 0, max: 1 })),
  },
  texts: textsOf(
    {
      en: ['Random Forest Regression', 'Averages many trees, each grown on its own draw of rows and columns.'],
      es: ['Regresión Bosque Aleatorio', 'Promedia muchos árboles, cada uno con su propio sorteo de filas y columnas.'],
      pt: [
        'Regressão Floresta Aleatória',
        'Faz a média de muitas árvores, cada uma com o seu sorteio de linhas e colunas.',
      ],
      de: ['Zufallswald-Regression', 'Mittelt viele Bäume, jeder auf einer eigenen Ziehung von Zeilen und Spalten.'],
      zh: ['随机森林回归', '对许多各自抽取行和列生长的树取平均。'],
    },
    { ...modelTexts, ...treeTexts, criterion: treeTexts.value_criterion },
  ),
  notes: [
    '`max_leaf_nodes` starts at 2 instead of 1, which scikit-learn refuses.',
    '`random_state` empty takes a fixed seed, so that the same run gives the same model again.',
    '`n_jobs` and `warm_start` have no effect.',
    'Columns with more than 255 different values are grouped into 255 bins before the trees grow.',
  ],
  waive: { 'the order of training rows does not matter': 'every tree draws its rows by number' },

  fit(x, y, params, context) {
    return fitForestRegressor(
      x,
      y,
      {
        estimators: params.n_estimators,
        criterion: params.criterion,
        maxDepth: params.max_depth,
        minSamplesSplit: params.min_samples_split,
        minSamplesLeaf: params.min_samples_leaf,
        minWeightFractionLeaf: params.min_weight_fraction_leaf,
        maxFeatures: params.max_features,
        maxLeafNodes: params.max_leaf_nodes,
        minImpurityDecrease: params.min_impurity_decrease,
        bootstrap: params.bootstrap,
        oobScore: params.oob_score,
        ccpAlpha: params.ccp_alpha,
        maxSamples: params.max_samples,
      },
      seeded(context, params.random_state),
    );
  },
  predict: ({ trees }, x, context) => predictTrees(trees, x, context?.tick).data,
  artifacts: ({ trees }, names) => importanceBars(trees, names),
});
