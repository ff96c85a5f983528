import { bool, float, int, orNull, string } from '#contract';

import { defineSplitter } from '../kit/splitter.js';
import { textsOf } from '../kit/texts.js';

import { groupNotes, groupTexts, seedRule } from './fold-texts.js';
import { groupSplit } from './group-rows.js';

export const groupKFoldSplitter = defineSplitter({
  name: 'GroupKFoldSplitter',
  partitioning: 'folds',
  inner: ['GroupKFoldSplitter', 'StratifiedGroupKFoldSplitter'],
  tasks: ['TabularClassificationTask', 'RegressionTask'],
  groupParam: 'group_column',
  params: {
    n_splits: int({ default: 5, min: 2, max: 20 }),
    group_column: orNull(string({ default: '' })),
    shuffle: bool({ default: false }),
    random_state: int({ default: 42, min: 0 }),
    test_size: float({ default: 0.1, min: 0, max: 0.5 }),
  },
  texts: textsOf(
    {
      en: ['Group K-Fold', 'Divides the rows into folds that never part rows of the same group.'],
      es: ['K-Fold por Grupos', 'Divide las filas en particiones que nunca separan filas del mismo grupo.'],
      pt: ['K-Fold por Grupos', 'Divide as linhas em partições que nunca separam linhas do mesmo grupo.'],
      de: ['Gruppen-K-Fold', 'Teilt die Zeilen in Folds, die Zeilen derselben Gruppe nie trennen.'],
      zh: ['分组 K 折交叉验证', '将各行划分为折，同一组的行始终在同一折中。'],
    },
    groupTexts,
  ),
  rules: [seedRule],
  notes: [groupNotes.drawn, groupNotes.column],

  split: groupSplit(false),
});
