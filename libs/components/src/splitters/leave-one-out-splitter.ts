import { AppError, float } from '#contract';
import { shuffledRows } from '#learn';

import { defineSplitter, rowSet } from '../kit/splitter.js';
import { textsOf } from '../kit/texts.js';

import { without } from './fold-rows.js';
import { foldTexts } from './fold-texts.js';

/** The test rows are drawn by this: the catalogue gives people no seed to choose. */
const SEED = 42;

export const leaveOneOutSplitter = defineSplitter({
  name: 'LeaveOneOutSplitter',
  partitioning: 'folds',
  inner: ['KFoldSplitter', 'StratifiedKFoldSplitter'],
  mostRows: 2000,
  tasks: ['TabularClassificationTask', 'RegressionTask'],
  params: { test_size: float({ default: 0.1, min: 0, max: 0.5 }) },
  texts: textsOf(
    {
      en: ['Leave-One-Out', 'Makes a fold of every single row: as many models as rows, so it is for small tables.'],
      es: [
        'Dejar Uno Fuera',
        'Hace una partición de cada fila: tantos modelos como filas, así que es para tablas pequeñas.',
      ],
      pt: [
        'Deixar Um Fora',
        'Faz uma partição de cada linha: tantos modelos como linhas, portanto é para tabelas pequenas.',
      ],
      de: ['Leave-One-Out', 'Macht aus jeder Zeile einen Fold: so viele Modelle wie Zeilen, also für kleine Tabellen.'],
      zh: ['留一法', '每一行自成一折：有多少行就训练多少个模型，因此适用于小数据集。'],
    },
    { test_size: foldTexts.test_size },
  ),
  notes: [
    'Tables of more than 2,000 rows are refused, when the session is made and when it trains: that would be a model for each of them.',
    'A score of a single row is often undefined, as ROC AUC and R² are; such folds are left out of its mean, and without any the score is missing.',
  ],

  split(rows, _classes, { test_size }) {
    const held = Math.round(rows * test_size);
    if (test_size > 0 && held === 0) throw new AppError('split-empty-part', { part: 'test' });
    if (rows - held < 2) throw new AppError('folds-too-many', { folds: 2, rows: rows - held });
    const test = rowSet(shuffledRows(rows, SEED).subarray(0, held));
    const pool = without(rows, test);
    const folds = Array.from(pool, (own) => ({
      train: { count: pool.length - 1, list: () => pool.filter((row) => row !== own) },
      validation: { count: 1, list: () => Int32Array.of(own) },
    }));
    return { train: { count: pool.length, list: () => pool }, validation: rowSet([]), test, folds };
  },
});
