import type { Pairs } from '../kit/texts.js';

/** Texts of the one-hot encoder. */
export const oneHotTexts = {
  head: {
    en: ['One Hot Encoder', 'Turns each category into a column of its own that holds 1 where the category stands.'],
    es: ['Codificador One-Hot', 'Convierte cada categoría en una columna propia con 1 donde aparece la categoría.'],
    pt: ['Codificador One-Hot', 'Transforma cada categoria numa coluna própria com 1 onde a categoria aparece.'],
    de: ['One-Hot-Kodierer', 'Macht aus jeder Kategorie eine eigene Spalte mit einer 1, wo die Kategorie steht.'],
    zh: ['独热编码', '将每个类别变为单独的一列，在该类别出现处为 1。'],
  },
  params: {
    categories: {
      en: ['Categories', '`auto` takes those that occur; or a list of lists, one per column, such as `[["a", "b"]]`.'],
      es: ['Categorías', '`auto` toma las que aparecen; o una lista de listas, una por columna, como `[["a", "b"]]`.'],
      pt: ['Categorias', '`auto` toma as que aparecem; ou uma lista de listas, uma por coluna, como `[["a", "b"]]`.'],
      de: [
        'Kategorien',
        '`auto` nimmt die vorkommenden; oder eine Liste von Listen, eine je Spalte, etwa `[["a", "b"]]`.',
      ],
      zh: ['类别', '`auto` 采用出现过的类别；或每列一个列表的列表，如 `[["a", "b"]]`。'],
    },
    drop: {
      en: [
        'Drop',
        'Leave one category per column out: the `first`, the first of two (`if_binary`), or a list of them; empty keeps all.',
      ],
      es: [
        'Descartar',
        'Omitir una categoría por columna: la primera (`first`), la primera de dos (`if_binary`) o una lista; vacío conserva todas.',
      ],
      pt: [
        'Descartar',
        'Deixar de fora uma categoria por coluna: a primeira (`first`), a primeira de duas (`if_binary`) ou uma lista; vazio mantém todas.',
      ],
      de: [
        'Weglassen',
        'Je Spalte eine Kategorie auslassen: die erste (`first`), die erste von zweien (`if_binary`) oder eine Liste; leer behält alle.',
      ],
      zh: [
        '丢弃',
        '每列省略一个类别：第一个（`first`）、仅两个类别时的第一个（`if_binary`）或一个列表；留空则全部保留。',
      ],
    },
    dtype: {
      en: ['Storage type', 'Whole numbers of 32 or 64 bits.'],
      es: ['Tipo de almacenamiento', 'Números enteros de 32 o 64 bits.'],
      pt: ['Tipo de armazenamento', 'Números inteiros de 32 ou 64 bits.'],
      de: ['Speichertyp', 'Ganze Zahlen mit 32 oder 64 Bit.'],
      zh: ['存储类型', '32 位或 64 位整数。'],
    },
    handle_unknown: {
      en: [
        'Unknown values',
        'For values not learnt from: stop (`error`), write only zeros (`ignore`), or count them as infrequent.',
      ],
      es: [
        'Valores desconocidos',
        'Para valores no aprendidos: detenerse (`error`), escribir solo ceros (`ignore`) o contarlos como infrecuentes.',
      ],
      pt: [
        'Valores desconhecidos',
        'Para valores não aprendidos: parar (`error`), escrever só zeros (`ignore`) ou contá-los como infrequentes.',
      ],
      de: [
        'Unbekannte Werte',
        'Bei nicht gelernten Werten: abbrechen (`error`), nur Nullen schreiben (`ignore`) oder sie zu den seltenen zählen.',
      ],
      zh: ['未知值', '对于未学习过的值：报错停止（`error`）、全部写零（`ignore`）或计入罕见类别。'],
    },
    min_frequency: {
      en: [
        'Minimum frequency',
        'Categories in fewer rows than this number, or share below 1, stand together as infrequent.',
      ],
      es: [
        'Frecuencia mínima',
        'Las categorías en menos filas que este número, o proporción menor que 1, se agrupan como infrecuentes.',
      ],
      pt: [
        'Frequência mínima',
        'As categorias em menos linhas do que este número, ou proporção abaixo de 1, ficam juntas como infrequentes.',
      ],
      de: [
        'Mindesthäufigkeit',
        'Kategorien in weniger Zeilen als dieser Zahl, oder diesem Anteil unter 1, stehen zusammen als seltene.',
      ],
      zh: ['最小频数', '行数少于此数（或小于 1 的比例）的类别合并为罕见类别。'],
    },
    max_categories: {
      en: ['Most categories', 'At most this many new columns per column, the infrequent ones included.'],
      es: [
        'Máximo de categorías',
        'Como máximo esta cantidad de columnas nuevas por columna, incluida la de infrecuentes.',
      ],
      pt: [
        'Máximo de categorias',
        'No máximo esta quantidade de colunas novas por coluna, incluindo a das infrequentes.',
      ],
      de: ['Höchstzahl der Kategorien', 'Höchstens so viele neue Spalten je Spalte, die der seltenen mitgezählt.'],
      zh: ['类别上限', '每列最多新增的列数，包括罕见类别列。'],
    },
    feature_name_combiner: {
      en: ['Column names', 'New columns are called by the column and the category, joined by an underscore.'],
      es: [
        'Nombres de columna',
        'Las columnas nuevas se llaman por la columna y la categoría, unidas por un guion bajo.',
      ],
      pt: ['Nomes das colunas', 'As colunas novas chamam-se pela coluna e a categoria, unidas por um sublinhado.'],
      de: ['Spaltennamen', 'Neue Spalten heißen nach Spalte und Kategorie, verbunden durch einen Unterstrich.'],
      zh: ['列名', '新列以列名和类别命名，用下划线连接。'],
    },
  },
} as const satisfies { head: Pairs; params: Record<string, Pairs> };
