import { choice, int, orNull } from '#contract';
import { fitForestClassifier, predictTrees } from '#learn';

import { defineClassifier } from '../kit/model.js';
import { seeded } from '../kit/seed.js';
import { textsOf } from '../kit/texts.js';

import { importanceBars } from './feature-bars.js';
import { modelTexts } from './model-texts.js';
import { treeTexts } from './tree-texts.js';

export const randomForestClassifier = defineClassifier({
  name: 'RandomForestClassifier',
  tasks: ['TabularClassificationTask'],
  color: '#FF8A65',
  icon: 'Forest',
  tags: { stochastic: true },
  params: {
    n_estimators: int({ default: 100, min: 1, search: { low: 50, high: 200 } }),
    max_depth: int({ default: 2, min: 1, search: { low: 2, high: 10 } }),
    min_samples_split: int({ default: 2, min: 2, search: { low: 2, high: 10 } }),
    min_samples_leaf: int({ default: 1, min: 1, search: { low: 1, high: 10 } }),
    max_leaf_nodes: int({ default: 2, min: 2, search: { low: 2, high: 10 } }),
    random_state: int({ default: 0, min: 0 }),
    class_weight: orNull(choice({ default: 'balanced', options: ['balanced', 'balanced_subsample'], search: true })),
  },
  texts: textsOf(
    {
      en: ['Random Forest', 'Lets many trees, each grown on its own draw of rows and columns, vote on the class.'],
      es: [
        'Bosque Aleatorio',
        'Deja votar la clase a muchos árboles, cada uno con su propio sorteo de filas y columnas.',
      ],
      pt: [
        'Floresta Aleatória',
        'Deixa votar a classe por muitas árvores, cada uma com o seu sorteio de linhas e colunas.',
      ],
      de: [
        'Zufallswald',
        'Lässt viele Bäume, jeder auf einer eigenen Ziehung von Zeilen und Spalten, über die Klasse abstimmen.',
      ],
      zh: ['随机森林', '让许多各自抽取行和列生长的树对类别进行投票。'],
    },
    { ...modelTexts, ...treeTexts },
  ),
  notes: [
    'By default every tree has two leaves (`max_leaf_nodes` 2), as in the reference; raise it and `max_depth` for a stronger model.',
    'Columns with more than 255 different values are grouped into 255 bins before the trees grow.',
  ],
  waive: { 'the order of training rows does not matter': 'every tree draws its rows by number' },

  fit(x, y, classes, params, context) {
    return fitForestClassifier(
      x,
      y,
      classes,
      {
        estimators: params.n_estimators,
        maxDepth: params.max_depth,
        minSamplesSplit: params.min_samples_split,
        minSamplesLeaf: params.min_samples_leaf,
        maxLeafNodes: params.max_leaf_nodes,
        classWeight: params.class_weight,
      },
      seeded(context, params.random_state),
    );
  },
  predict: ({ trees }, x, context) => predictTrees(trees, x, context?.tick),
  artifacts: ({ trees }, names) => importanceBars(trees, names),
});
