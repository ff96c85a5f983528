import { AppError, bool, float, int, SPLITS } from '#contract';
import { random } from '#linalg';

import { defineSplitter, rowSet } from '../kit/splitter.js';
import { textsOf } from '../kit/texts.js';

import { drawRows, order } from './draw-rows.js';
import { stratifyNeedsClasses } from './fold-texts.js';

export const holdoutSplitter = defineSplitter({
  name: 'HoldoutSplitter',
  partitioning: 'holdout',
  tasks: ['TabularClassificationTask', 'RegressionTask'],
  params: {
    train: float({ default: 0.6, min: 0, max: 1 }),
    test: float({ default: 0.2, min: 0, max: 1 }),
    validation: float({ default: 0.2, min: 0, max: 1 }),
    stratify: bool({ default: false }),
    shuffle: bool({ default: true }),
    random_state: int({ default: 42, min: 0 }),
  },
  texts: textsOf(
    {
      en: ['Holdout', 'Divides the rows once into parts for training, validation and test.'],
      es: ['Holdout', 'Divide las filas una sola vez en partes de entrenamiento, validación y prueba.'],
      pt: ['Holdout', 'Divide as linhas uma só vez em partes de treino, validação e teste.'],
      de: ['Holdout', 'Teilt die Zeilen einmal in Teile für Training, Validierung und Test.'],
      zh: ['留出法', '将各行一次性划分为训练、验证和测试部分。'],
    },
    {
      train: {
        en: ['Train', 'Share of the rows the model learns from.'],
        es: ['Entrenamiento', 'Proporción de filas de las que aprende el modelo.'],
        pt: ['Treino', 'Proporção de linhas com que o modelo aprende.'],
        de: ['Training', 'Anteil der Zeilen, aus denen das Modell lernt.'],
        zh: ['训练', '模型用于学习的行所占比例。'],
      },
      test: {
        en: ['Test', 'Share of the rows kept for the final judgement.'],
        es: ['Prueba', 'Proporción de filas reservadas para el juicio final.'],
        pt: ['Teste', 'Proporção de linhas reservadas para a avaliação final.'],
        de: ['Test', 'Anteil der Zeilen, die für das abschließende Urteil zurückbehalten werden.'],
        zh: ['测试', '留作最终评估的行所占比例。'],
      },
      validation: {
        en: ['Validation', 'Share of the rows by which parameters are chosen.'],
        es: ['Validación', 'Proporción de filas con las que se eligen los parámetros.'],
        pt: ['Validação', 'Proporção de linhas com que se escolhem os parâmetros.'],
        de: ['Validierung', 'Anteil der Zeilen, nach denen Parameter gewählt werden.'],
        zh: ['验证', '用于选择参数的行所占比例。'],
      },
      stratify: {
        en: ['Stratify', 'Keep the shares of the classes alike in every part.'],
        es: ['Estratificar', 'Mantener iguales las proporciones de las clases en todas las partes.'],
        pt: ['Estratificar', 'Manter iguais as proporções das classes em todas as partes.'],
        de: ['Stratifizieren', 'Die Anteile der Klassen in allen Teilen gleich halten.'],
        zh: ['分层', '使各部分中各类别的比例保持一致。'],
      },
      shuffle: {
        en: ['Shuffle', 'Draw the rows at random instead of cutting them in their order.'],
        es: ['Mezclar', 'Elegir las filas al azar en vez de cortarlas en su orden.'],
        pt: ['Baralhar', 'Escolher as linhas ao acaso em vez de as cortar pela sua ordem.'],
        de: ['Mischen', 'Die Zeilen zufällig ziehen, statt sie in ihrer Reihenfolge zu schneiden.'],
        zh: ['打乱', '随机抽取行，而不是按原有顺序切分。'],
      },
      random_state: {
        en: ['Random seed', 'The same number draws the same rows again; it matters only with shuffling.'],
        es: ['Semilla aleatoria', 'El mismo número elige otra vez las mismas filas; solo importa al mezclar.'],
        pt: ['Semente aleatória', 'O mesmo número escolhe de novo as mesmas linhas; só importa ao baralhar.'],
        de: ['Zufallszahl', 'Dieselbe Zahl zieht wieder dieselben Zeilen; nur beim Mischen von Belang.'],
        zh: ['随机种子', '相同的数字会再次抽取相同的行；仅在打乱时有意义。'],
      },
    },
  ),
  rules: [
    {
      kind: 'check',
      id: 'shares-sum-to-one',
      expr: {
        n: 'approx',
        a: { n: 'sum', of: ['train', 'validation', 'test'].map((f) => ({ n: 'field', f })) },
        b: { n: 'lit', v: 1 },
        tol: 1e-6,
      },
      targets: ['train', 'validation', 'test'],
      message: {
        en: 'The shares of train, validation and test must sum to 1.',
        es: 'Las proporciones de entrenamiento, validación y prueba deben sumar 1.',
        pt: 'As proporções de treino, validação e teste devem somar 1.',
        de: 'Die Anteile von Training, Validierung und Test müssen zusammen 1 ergeben.',
        zh: '训练、验证和测试的比例之和必须为 1。',
      },
    },
    {
      kind: 'check',
      id: 'train-not-empty',
      expr: { n: 'cmp', op: 'gt', a: { n: 'field', f: 'train' }, b: { n: 'lit', v: 0 } },
      targets: ['train'],
      message: {
        en: 'The share of train must be above 0.',
        es: 'La proporción de entrenamiento debe ser mayor que 0.',
        pt: 'A proporção de treino deve ser maior que 0.',
        de: 'Der Anteil des Trainings muss über 0 liegen.',
        zh: '训练的比例必须大于 0。',
      },
    },
    {
      kind: 'relevance',
      field: 'random_state',
      when: { n: 'is_true', of: { n: 'field', f: 'shuffle' } },
      effect: 'disable',
      reason: {
        en: 'The seed matters only when rows are shuffled.',
        es: 'La semilla solo importa cuando se mezclan las filas.',
        pt: 'A semente só importa quando as linhas são baralhadas.',
        de: 'Die Zufallszahl zählt nur, wenn die Zeilen gemischt werden.',
        zh: '仅在打乱行时种子才有意义。',
      },
    },
  ],
  notes: [
    'Row numbers rise within each part. The rows drawn differ from those scikit-learn draws with the same seed.',
    'A part whose share is above 0 but that gets no row is an error that names the part.',
  ],

  split(rows, classes, { train, test, validation, stratify, shuffle, random_state }) {
    if (stratify && !classes) throw new AppError('splits-invalid', { reason: stratifyNeedsClasses });
    const strata = stratify ? classes : null;
    const ordered = order(rows, shuffle ? random(random_state) : null);
    const [learnt, rest] = drawRows(ordered, strata, Math.floor(rows * train + 1e-9));
    const share = test === 0 ? 0 : test / (test + validation);
    const [tested, validated] = drawRows(rest, strata, Math.ceil(rest.length * share - 1e-9));
    const parts = { train: learnt, validation: validated, test: tested };
    const shares = { train, validation, test };
    for (const part of SPLITS)
      if (shares[part] > 0 && parts[part].length === 0) throw new AppError('split-empty-part', { part });
    return { train: rowSet(learnt), validation: rowSet(validated), test: rowSet(tested), folds: [] };
  },
});
