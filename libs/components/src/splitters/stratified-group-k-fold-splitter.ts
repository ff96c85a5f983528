import { bool, float, int, orNull, string } from '#contract';

import { defineSplitter } from '../kit/splitter.js';
import { textsOf } from '../kit/texts.js';

import { groupNotes, groupTexts, seedRule } from './fold-texts.js';
import { groupSplit } from './group-rows.js';

export const stratifiedGroupKFoldSplitter = defineSplitter({
  name: 'StratifiedGroupKFoldSplitter',
  partitioning: 'folds',
  inner: ['GroupKFoldSplitter', 'StratifiedGroupKFoldSplitter'],
  tasks: ['TabularClassificationTask'],
  groupParam: 'group_column',
  params: {
    n_splits: int({ default: 5, min: 2, max: 20 }),
    group_column: orNull(string({ default: '' })),
    shuffle: bool({ default: true }),
    random_state: int({ default: 42, min: 0 }),
    test_size: float({ default: 0.1, min: 0, max: 0.5 }),
  },
  texts: textsOf(
    {
      en: [
        'Stratified Group K-Fold',
        'Divides the rows into folds that keep groups whole and the shares of the classes as alike as that allows.',
      ],
      es: [
        'K-Fold Estratificado por Grupos',
        'Divide las filas en particiones que mantienen enteros los grupos y tan parecidas como se pueda las proporciones de las clases.',
      ],
      pt: [
        'K-Fold Estratificado por Grupos',
        'Divide as linhas em partições que mantêm inteiros os grupos e tão parecidas quanto possível as proporções das classes.',
      ],
      de: [
        'Stratifiziertes Gruppen-K-Fold',
        'Teilt die Zeilen in Folds, die Gruppen ganz lassen und die Anteile der Klassen so gleich, wie das geht.',
      ],
      zh: ['分层分组 K 折交叉验证', '将各行划分为折，保持各组完整，并使各类别比例尽可能一致。'],
    },
    groupTexts,
  ),
  rules: [seedRule],
  notes: [
    groupNotes.drawn,
    'Test groups are drawn without regard to classes. A class that is rarer than there are folds is missing from some of them, of which nothing is said.',
    groupNotes.column,
  ],

  split: groupSplit(true),
});
