import { bool, float, int } from '#contract';

import { defineSplitter } from '../kit/splitter.js';
import { textsOf } from '../kit/texts.js';

import { foldRows } from './fold-rows.js';
import { foldTexts, seedRule } from './fold-texts.js';

export const stratifiedKFoldSplitter = defineSplitter({
  name: 'StratifiedKFoldSplitter',
  partitioning: 'folds',
  inner: ['KFoldSplitter', 'StratifiedKFoldSplitter'],
  tasks: ['TabularClassificationTask'],
  params: {
    n_splits: int({ default: 5, min: 2, max: 20 }),
    shuffle: bool({ default: true }),
    random_state: int({ default: 42, min: 0 }),
    test_size: float({ default: 0.1, min: 0, max: 0.5 }),
  },
  texts: textsOf(
    {
      en: ['Stratified K-Fold', 'Divides the rows into folds in which every class has its share.'],
      es: ['K-Fold Estratificado', 'Divide las filas en particiones en las que cada clase tiene su proporción.'],
      pt: ['K-Fold Estratificado', 'Divide as linhas em partições em que cada classe tem a sua proporção.'],
      de: ['Stratifiziertes K-Fold', 'Teilt die Zeilen in Folds, in denen jede Klasse ihren Anteil hat.'],
      zh: ['分层 K 折交叉验证', '将各行划分为各类别比例一致的折。'],
    },
    {
      n_splits: foldTexts.n_splits,
      shuffle: foldTexts.shuffle,
      random_state: foldTexts.random_state,
      test_size: foldTexts.test_size,
    },
  ),
  rules: [seedRule],
  notes: [
    'Without shuffling the folds are those of scikit-learn, row for row. With it, and for the test rows, which are always drawn at random, the same seed draws other rows than scikit-learn does.',
    'A class with fewer rows than folds is missing from some of them, as in scikit-learn; only when every class has fewer rows than folds is the division refused.',
  ],

  split: (rows, classes, { n_splits, shuffle, random_state, test_size }) =>
    foldRows(rows, classes, {
      folds: n_splits,
      repeats: 1,
      shuffle,
      seed: random_state,
      testShare: test_size,
      stratify: true,
    }),
});
