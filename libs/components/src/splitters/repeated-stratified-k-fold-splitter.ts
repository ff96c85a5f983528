import { float, int } from '#contract';

import { defineSplitter } from '../kit/splitter.js';
import { textsOf } from '../kit/texts.js';

import { foldRows } from './fold-rows.js';
import { foldTexts } from './fold-texts.js';

export const repeatedStratifiedKFoldSplitter = defineSplitter({
  name: 'RepeatedStratifiedKFoldSplitter',
  partitioning: 'folds',
  inner: ['KFoldSplitter', 'StratifiedKFoldSplitter'],
  tasks: ['TabularClassificationTask'],
  params: {
    n_splits: int({ default: 5, min: 2, max: 20 }),
    n_repeats: int({ default: 2, min: 2, max: 10 }),
    random_state: int({ default: 42, min: 0 }),
    test_size: float({ default: 0.1, min: 0, max: 0.5 }),
  },
  texts: textsOf(
    {
      en: [
        'Repeated Stratified K-Fold',
        'Divides the same rows several times into folds in which every class has its share.',
      ],
      es: [
        'K-Fold Estratificado Repetido',
        'Divide las mismas filas varias veces en particiones en las que cada clase tiene su proporción.',
      ],
      pt: [
        'K-Fold Estratificado Repetido',
        'Divide as mesmas linhas várias vezes em partições em que cada classe tem a sua proporção.',
      ],
      de: [
        'Wiederholtes stratifiziertes K-Fold',
        'Teilt dieselben Zeilen mehrmals in Folds, in denen jede Klasse ihren Anteil hat.',
      ],
      zh: ['重复分层 K 折交叉验证', '将相同的行多次划分为各类别比例一致的折。'],
    },
    {
      n_splits: foldTexts.n_splits,
      n_repeats: foldTexts.n_repeats,
      random_state: foldTexts.random_state,
      test_size: foldTexts.test_size,
    },
  ),
  notes: [
    'The test rows are drawn once, before the folds; the same seed draws other rows than scikit-learn does.',
    'A class with fewer rows than folds is missing from some of them, as in scikit-learn; only when every class has fewer rows than folds is the division refused.',
  ],

  split: (rows, classes, { n_splits, n_repeats, random_state, test_size }) =>
    foldRows(rows, classes, {
      folds: n_splits,
      repeats: n_repeats,
      shuffle: true,
      seed: random_state,
      testShare: test_size,
      stratify: true,
    }),
});
