import type { LocalText, RelevanceRule } from '#contract';

import type { Pairs } from '../kit/texts.js';

/** Texts of the parameters that splitters by folds have in common. */
export const foldTexts = {
  n_splits: {
    en: ['Folds', 'Number of parts; each of them judges a model of the others once.'],
    es: ['Particiones', 'Número de partes; cada una evalúa una vez un modelo de las demás.'],
    pt: ['Partições', 'Número de partes; cada uma avalia uma vez um modelo das restantes.'],
    de: ['Folds', 'Anzahl der Teile; jeder beurteilt einmal ein Modell aus den übrigen.'],
    zh: ['折数', '划分的份数；每一份都会评估一次由其余各份训练的模型。'],
  },
  n_repeats: {
    en: ['Repetitions', 'How often the rows are shuffled and divided anew.'],
    es: ['Repeticiones', 'Cuántas veces se mezclan las filas y se dividen de nuevo.'],
    pt: ['Repetições', 'Quantas vezes as linhas são baralhadas e divididas de novo.'],
    de: ['Wiederholungen', 'Wie oft die Zeilen gemischt und neu geteilt werden.'],
    zh: ['重复次数', '重新打乱并划分各行的次数。'],
  },
  shuffle: {
    en: ['Shuffle', 'Deal the rows to the folds at random instead of in their order.'],
    es: ['Mezclar', 'Repartir las filas al azar en vez de en su orden.'],
    pt: ['Baralhar', 'Repartir as linhas ao acaso em vez de pela sua ordem.'],
    de: ['Mischen', 'Die Zeilen zufällig statt in ihrer Reihenfolge auf die Folds verteilen.'],
    zh: ['打乱', '将各行随机分配到各折，而不是按原有顺序。'],
  },
  random_state: {
    en: ['Random seed', 'The same number draws the same rows again.'],
    es: ['Semilla aleatoria', 'El mismo número elige otra vez las mismas filas.'],
    pt: ['Semente aleatória', 'O mesmo número escolhe de novo as mesmas linhas.'],
    de: ['Zufallszahl', 'Dieselbe Zahl zieht wieder dieselben Zeilen.'],
    zh: ['随机种子', '相同的数字会再次抽取相同的行。'],
  },
  test_size: {
    en: [
      'Test set',
      'Share of the rows that is set aside for the final judgement; without any there are no test scores and nothing to explain.',
    ],
    es: [
      'Conjunto de prueba',
      'Proporción de filas reservada para el juicio final; sin ella no hay métricas de prueba ni nada que explicar.',
    ],
    pt: [
      'Conjunto de teste',
      'Proporção de linhas reservada para a avaliação final; sem ela não há métricas de teste nem nada a explicar.',
    ],
    de: [
      'Testmenge',
      'Anteil der Zeilen, der für das abschließende Urteil zurückbleibt; ohne ihn gibt es keine Testwerte und nichts zu erklären.',
    ],
    zh: ['测试集', '留作最终评估的行所占比例；为零时没有测试指标，也没有可解释的数据。'],
  },
} as const satisfies Record<string, Pairs>;

/** Texts of the parameters of splitters that keep groups whole. */
export const groupTexts = {
  n_splits: foldTexts.n_splits,
  group_column: {
    en: ['Group column', 'Name of the column that says which rows belong together; they always stay in the same part.'],
    es: ['Columna de grupo', 'Nombre de la columna que dice qué filas van juntas; siempre quedan en la misma parte.'],
    pt: ['Coluna de grupo', 'Nome da coluna que diz que linhas andam juntas; ficam sempre na mesma parte.'],
    de: [
      'Gruppenspalte',
      'Name der Spalte, die sagt, welche Zeilen zusammengehören; sie bleiben immer im selben Teil.',
    ],
    zh: ['分组列', '说明哪些行属于同一组的列名；同组的行始终在同一部分中。'],
  },
  shuffle: {
    en: ['Shuffle', 'Deal the groups to the folds at random.'],
    es: ['Mezclar', 'Repartir los grupos entre las particiones al azar.'],
    pt: ['Baralhar', 'Repartir os grupos pelas partições ao acaso.'],
    de: ['Mischen', 'Die Gruppen zufällig auf die Folds verteilen.'],
    zh: ['打乱', '将各组随机分配到各折。'],
  },
  random_state: foldTexts.random_state,
  test_size: {
    en: [
      'Test set',
      'Share of the groups that is set aside for the final judgement; without any there are no test scores and nothing to explain.',
    ],
    es: [
      'Conjunto de prueba',
      'Proporción de grupos reservada para el juicio final; sin ella no hay métricas de prueba ni nada que explicar.',
    ],
    pt: [
      'Conjunto de teste',
      'Proporção de grupos reservada para a avaliação final; sem ela não há métricas de teste nem nada a explicar.',
    ],
    de: [
      'Testmenge',
      'Anteil der Gruppen, der für das abschließende Urteil zurückbleibt; ohne ihn gibt es keine Testwerte und nichts zu erklären.',
    ],
    zh: ['测试集', '留作最终评估的组所占比例；为零时没有测试指标，也没有可解释的数据。'],
  },
} as const satisfies Record<string, Pairs>;

/** What such splitters do otherwise than scikit-learn, and what they ask. */
export const groupNotes = {
  drawn:
    'Without shuffling the folds are those of scikit-learn, row for row. With it, and for the test groups, which are always drawn at random, the same seed draws other groups than scikit-learn does.',
  column: 'The column of the groups need not be an input. A row without a group is refused.',
} as const;

/** The seed means nothing when neither folds nor test rows are drawn. */
export const seedRule: RelevanceRule = {
  kind: 'relevance',
  field: 'random_state',
  when: {
    n: 'or',
    of: [
      { n: 'is_true', of: { n: 'field', f: 'shuffle' } },
      { n: 'cmp', op: 'gt', a: { n: 'field', f: 'test_size' }, b: { n: 'lit', v: 0 } },
    ],
  },
  effect: 'disable',
  reason: {
    en: 'The seed matters only when rows are shuffled or set aside.',
    es: 'La semilla solo importa cuando se mezclan o se reservan filas.',
    pt: 'A semente só importa quando se baralham ou reservam linhas.',
    de: 'Die Zufallszahl zählt nur, wenn Zeilen gemischt oder zurückbehalten werden.',
    zh: '仅在打乱或保留行时种子才有意义。',
  },
};

/** Why a column of numbers cannot be stratified. */
export const stratifyNeedsClasses: LocalText = {
  en: 'stratify needs an output column of classes',
  es: 'stratify necesita una columna de salida de clases',
  pt: 'stratify precisa de uma coluna de saída de classes',
  de: 'stratify braucht eine Ausgabespalte aus Klassen',
  zh: 'stratify 需要一个类别输出列',
};
