import { bool, float, int } from '#contract';

import { defineSplitter } from '../kit/splitter.js';
import { textsOf } from '../kit/texts.js';

import { foldRows } from './fold-rows.js';
import { foldTexts, seedRule } from './fold-texts.js';

export const kFoldSplitter = defineSplitter({
  name: 'KFoldSplitter',
  partitioning: 'folds',
  inner: ['KFoldSplitter', 'StratifiedKFoldSplitter'],
  tasks: ['TabularClassificationTask', 'RegressionTask'],
  params: {
    n_splits: int({ default: 5, min: 2, max: 20 }),
    shuffle: bool({ default: true }),
    random_state: int({ default: 42, min: 0 }),
    test_size: float({ default: 0.1, min: 0, max: 0.5 }),
  },
  texts: textsOf(
    {
      en: ['K-Fold', 'Divides the rows into folds of equal size, after setting test rows aside.'],
      es: ['K-Fold', 'Divide las filas en particiones del mismo tamaño, tras reservar filas de prueba.'],
      pt: ['K-Fold', 'Divide as linhas em partições do mesmo tamanho, depois de reservar linhas de teste.'],
      de: ['K-Fold', 'Teilt die Zeilen in gleich große Folds, nachdem Testzeilen beiseitegelegt wurden.'],
      zh: ['K 折交叉验证', '先留出测试行，再将其余各行划分为大小相同的折。'],
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
  ],

  split: (rows, classes, { n_splits, shuffle, random_state, test_size }) =>
    foldRows(rows, classes, {
      folds: n_splits,
      repeats: 1,
      shuffle,
      seed: random_state,
      testShare: test_size,
      stratify: false,
    }),
});
