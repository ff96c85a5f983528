import type { Pairs } from '../kit/texts.js';

/** Texts of the description of a data set. */
export const describeTexts = {
  head: {
    en: [
      'Describe dataset',
      'Counts, means, spreads and percentiles of numbers; counts and commonest values of other columns.',
    ],
    es: [
      'Describir conjunto de datos',
      'Conteos, medias, dispersiones y percentiles de los números; conteos y valores más comunes de las demás columnas.',
    ],
    pt: [
      'Descrever conjunto de dados',
      'Contagens, médias, dispersões e percentis dos números; contagens e valores mais comuns das outras colunas.',
    ],
    de: [
      'Datensatz beschreiben',
      'Anzahl, Mittel, Streuung und Perzentile der Zahlen; Anzahl und häufigste Werte der übrigen Spalten.',
    ],
    zh: ['描述数据集', '数值列的计数、均值、离散程度和百分位数；其他列的计数和最常见的值。'],
  },
  params: {
    percentiles: {
      en: ['Percentiles', 'Whole numbers from 0 to 100, parted by commas; each adds a row.'],
      es: ['Percentiles', 'Números enteros de 0 a 100, separados por comas; cada uno añade una fila.'],
      pt: ['Percentis', 'Números inteiros de 0 a 100, separados por vírgulas; cada um acrescenta uma linha.'],
      de: ['Perzentile', 'Ganze Zahlen von 0 bis 100, durch Kommas getrennt; jede ergibt eine Zeile.'],
      zh: ['百分位数', '0 到 100 的整数，用逗号分隔；每个数增加一行。'],
    },
    include: {
      en: ['Include', 'Describe only columns of this kind; `all` takes every chosen column.'],
      es: ['Incluir', 'Describir solo las columnas de este tipo; `all` toma todas las elegidas.'],
      pt: ['Incluir', 'Descrever só as colunas deste tipo; `all` toma todas as escolhidas.'],
      de: ['Einschließen', 'Nur Spalten dieser Art beschreiben; `all` nimmt alle gewählten.'],
      zh: ['包含', '仅描述此类列；`all` 表示所有所选列。'],
    },
    exclude: {
      en: ['Exclude', 'Leave columns of this kind out.'],
      es: ['Excluir', 'Omitir las columnas de este tipo.'],
      pt: ['Excluir', 'Deixar de fora as colunas deste tipo.'],
      de: ['Ausschließen', 'Spalten dieser Art auslassen.'],
      zh: ['排除', '忽略此类列。'],
    },
  },
} as const satisfies { head: Pairs; params: Record<string, Pairs> };
