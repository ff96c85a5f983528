import { choice, float, int, orNull, union } from '#contract';
import { fitTreeClassifier, predictTrees } from '#learn';

import { defineClassifier } from '../kit/model.js';
import { textsOf } from '../kit/texts.js';

import { importanceBars } from './feature-bars.js';
import { modelTexts } from './model-texts.js';
import { treeTexts } from './tree-texts.js';

export const decisionTreeClassifier = defineClassifier({
  name: 'DecisionTreeClassifier',
  tasks: ['TabularClassificationTask'],
  color: '#4CAF50',
  icon: 'AccountTree',
  params: {
    criterion: choice({ default: 'entropy', options: ['entropy', 'gini', 'log_loss'], search: true }),
    max_depth: int({ default: 1, min: 1, search: { low: 1, high: 10 } }),
    min_samples_split: int({ default: 2, min: 1, search: { low: 2, high: 5 } }),
    min_samples_leaf: int({ default: 1, min: 1, search: { low: 1, high: 5 } }),
    max_features: orNull(
      union({
        default: 'sqrt',
        of: [choice({ default: 'sqrt', options: ['sqrt', 'log2'] }), float({ default: 1, above: 0, max: 1 })],
        search: ['sqrt', 'log2'],
      }),
    ),
    class_weight: orNull(choice({ default: 'balanced', options: ['balanced'], search: true })),
  },
  texts: textsOf(
    {
      en: ['Decision Tree', 'Asks one question after another about the columns until it names a class.'],
      es: ['Árbol de Decisión', 'Hace una pregunta tras otra sobre las columnas hasta nombrar una clase.'],
      pt: ['Árvore de Decisão', 'Faz uma pergunta após outra sobre as colunas até nomear uma classe.'],
      de: ['Entscheidungsbaum', 'Stellt eine Frage nach der anderen zu den Spalten, bis eine Klasse feststeht.'],
      zh: ['决策树', '对各列逐一提问，直到给出一个类别。'],
    },
    { ...modelTexts, ...treeTexts, criterion: treeTexts.class_criterion },
  ),
  notes: [
    'The default of `min_samples_split` is 2 instead of 1, which scikit-learn refuses; 1 is accepted and means 2.',
    'By default the tree asks a single question (`max_depth` 1), as in the reference; raise it for a stronger model.',
    'Columns drawn by `max_features` come from a fixed seed, so that the same run gives the same tree again.',
  ],

  fit(x, y, classes, params, context) {
    return fitTreeClassifier(
      x,
      y,
      classes,
      {
        criterion: params.criterion,
        maxDepth: params.max_depth,
        minSamplesSplit: params.min_samples_split,
        minSamplesLeaf: params.min_samples_leaf,
        maxFeatures: params.max_features,
        classWeight: params.class_weight,
      },
      context,
    );
  },
  predict: (trees, x, context) => predictTrees(trees, x, context?.tick),
  artifacts: (trees, names) => importanceBars(trees, names),
});
