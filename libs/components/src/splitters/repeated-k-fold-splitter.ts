import { float, int } from '#contract';

import { defineSplitter } from '../kit/splitter.js';
import { textsOf } from '../kit/texts.js';

import { foldRows } from './fold-rows.js';
import { foldTexts } from './fold-texts.js';

export const repeatedKFoldSplitter = defineSplitter({
  name: 'RepeatedKFoldSplitter',
  partitioning: 'folds',
  inner: ['KFoldSplitter', 'StratifiedKFoldSplitter'],
  tasks: ['TabularClassificationTask', 'RegressionTask'],
  params: {
    n_splits: int({ default: 5, min: 2, max: 20 }),
    n_repeats: int({ default: 2, min: 2, max: 10 }),
    random_state: int({ default: 42, min: 0 }),
    test_size: float({ default: 0.1, min: 0, max: 0.5 }),
  },
  texts: textsOf(
    {
      en: ['Repeated K-Fold', 'Divides the same rows into folds several times, each time shuffled anew.'],
      es: ['K-Fold Repetido', 'Divide las mismas filas en particiones varias veces, mezclándolas cada vez.'],
      pt: ['K-Fold Repetido', 'Divide as mesmas linhas em partições várias vezes, baralhando-as de cada vez.'],
      de: ['Wiederholtes K-Fold', 'Teilt dieselben Zeilen mehrmals in Folds, jedes Mal neu gemischt.'],
      zh: ['重复 K 折交叉验证', '将相同的行多次划分为折，每次重新打乱。'],
    },
    {
      n_splits: foldTexts.n_splits,
      n_repeats: foldTexts.n_repeats,
      random_state: foldTexts.random_state,
      test_size: foldTexts.test_size,
    },
  ),
  notes: ['The test rows are drawn once, before the folds; the same seed draws other rows than scikit-learn does.'],

  split: (rows, classes, { n_splits, n_repeats, random_state, test_size }) =>
    foldRows(rows, classes, {
      folds: n_splits,
      repeats: n_repeats,
      shuffle: true,
      seed: random_state,
      testShare: test_size,
      stratify: false,
    }),
});
