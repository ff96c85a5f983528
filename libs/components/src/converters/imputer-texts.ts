import type { Rule } from '#contract';

import type { Pairs } from '../kit/texts.js';

const isConstant = { n: 'cmp', op: 'eq', a: { n: 'field', f: 'strategy' }, b: { n: 'lit', v: 'constant' } } as const;

/** The constant matters with the strategy `constant` only, and must then be there. */
export const imputerRules: readonly Rule[] = [
  {
    kind: 'relevance',
    field: 'fill_value',
    when: isConstant,
    effect: 'disable',
    reason: {
      en: 'Only used with the strategy "constant".',
      es: 'Solo se usa con la estrategia "constant".',
      pt: 'Só é usado com a estratégia "constant".',
      de: 'Nur mit der Strategie "constant" in Gebrauch.',
      zh: '仅在策略为“constant”时使用。',
    },
  },
  {
    kind: 'check',
    id: 'simple_imputer.fill_value_given',
    expr: {
      n: 'or',
      of: [
        { n: 'not', of: isConstant },
        { n: 'not', of: { n: 'is_null', of: { n: 'field', f: 'fill_value' } } },
      ],
    },
    targets: ['fill_value'],
    message: {
      en: 'The strategy "constant" needs a fill value.',
      es: 'La estrategia "constant" necesita un valor de relleno.',
      pt: 'A estratégia "constant" precisa de um valor de preenchimento.',
      de: 'Die Strategie "constant" braucht einen Füllwert.',
      zh: '策略“constant”需要填充值。',
    },
  },
];

/** Texts of the imputer. */
export const imputerTexts = {
  head: {
    en: ['Simple Imputer', 'Fills missing values of a column with one value learnt from the rest of it.'],
    es: ['Imputador Simple', 'Rellena los valores ausentes de una columna con un valor aprendido del resto.'],
    pt: ['Imputador Simples', 'Preenche os valores em falta de uma coluna com um valor aprendido do resto.'],
    de: ['Einfacher Imputer', 'Füllt fehlende Werte einer Spalte mit einem Wert, der aus den übrigen gelernt ist.'],
    zh: ['简单填补', '用从该列其余值学到的一个值填补缺失值。'],
  },
  params: {
    strategy: {
      en: ['Strategy', 'What fills the holes: the mean, the median, the commonest value, or a constant.'],
      es: ['Estrategia', 'Qué rellena los huecos: la media, la mediana, el valor más común o una constante.'],
      pt: ['Estratégia', 'O que preenche as falhas: a média, a mediana, o valor mais comum ou uma constante.'],
      de: ['Strategie', 'Was die Lücken füllt: Mittelwert, Median, häufigster Wert oder eine Konstante.'],
      zh: ['策略', '用什么填补空缺：均值、中位数、最常见的值或常数。'],
    },
    fill_value: {
      en: ['Fill value', 'The constant that fills the holes; columns of numbers need a number.'],
      es: ['Valor de relleno', 'La constante que rellena los huecos; las columnas de números necesitan un número.'],
      pt: [
        'Valor de preenchimento',
        'A constante que preenche as falhas; as colunas de números precisam de um número.',
      ],
      de: ['Füllwert', 'Die Konstante, die Lücken füllt; Zahlenspalten brauchen eine Zahl.'],
      zh: ['填充值', '用于填补空缺的常数；数值列需要数字。'],
    },
    add_indicator: {
      en: ['Add indicator', 'Also add a column of 0 and 1 per column with holes, telling where they were.'],
      es: [
        'Añadir indicador',
        'Añadir también una columna de 0 y 1 por cada columna con huecos, que dice dónde estaban.',
      ],
      pt: [
        'Adicionar indicador',
        'Adicionar também uma coluna de 0 e 1 por cada coluna com falhas, que diz onde estavam.',
      ],
      de: [
        'Indikator hinzufügen',
        'Je Spalte mit Lücken auch eine Spalte aus 0 und 1 anfügen, die sagt, wo sie waren.',
      ],
      zh: ['添加指示列', '为每个有空缺的列另加一列 0 和 1，标明空缺位置。'],
    },
    keep_empty_features: {
      en: ['Keep empty columns', 'Keep columns that have no value at all, filled with 0 or the constant.'],
      es: ['Conservar columnas vacías', 'Conservar las columnas sin ningún valor, rellenas con 0 o la constante.'],
      pt: ['Manter colunas vazias', 'Manter as colunas sem nenhum valor, preenchidas com 0 ou a constante.'],
      de: ['Leere Spalten behalten', 'Spalten ganz ohne Werte behalten, gefüllt mit 0 oder der Konstante.'],
      zh: ['保留空列', '保留完全没有值的列，并用 0 或常数填充。'],
    },
  },
} as const satisfies { head: Pairs; params: Record<string, Pairs> };
