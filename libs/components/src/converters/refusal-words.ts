import type { LocalText } from '#contract';

/** Why converters refuse columns and parameters. */
export const refusals = {
  fractions: {
    en: '"{column}" holds fractions, not classes',
    es: '"{column}" contiene fracciones, no clases',
    pt: '"{column}" contém frações, não classes',
    de: '"{column}" enthält Brüche, keine Klassen',
    zh: '"{column}" 包含小数，而不是类别',
  },
  needsNumber: {
    en: '"{column}" needs a number',
    es: '"{column}" necesita un número',
    pt: '"{column}" precisa de um número',
    de: '"{column}" braucht eine Zahl',
    zh: '"{column}" 需要一个数',
  },
  needsNumbers: {
    en: '{strategy} needs numbers and "{column}" is Categorical',
    es: '{strategy} necesita números y "{column}" es Categorical',
    pt: '{strategy} precisa de números e "{column}" é Categorical',
    de: '{strategy} braucht Zahlen, und "{column}" ist Categorical',
    zh: '{strategy} 需要数值，而 "{column}" 是 Categorical',
  },
  emptyText: {
    en: 'an empty text would be missing again',
    es: 'un texto vacío volvería a faltar',
    pt: 'um texto vazio voltaria a faltar',
    de: 'ein leerer Text würde wieder fehlen',
    zh: '空文本仍会被视为缺失',
  },
  codeTaken: {
    en: '{code} is the code of a category of "{column}", which has 0 to {last}',
    es: '{code} es el código de una categoría de "{column}", que tiene de 0 a {last}',
    pt: '{code} é o código de uma categoria de "{column}", que tem de 0 a {last}',
    de: '{code} ist der Code einer Kategorie von "{column}"; vergeben sind 0 bis {last}',
    zh: '{code} 是 "{column}" 某个类别的编码，其编码为 0 到 {last}',
  },
  tooManyCells: {
    en: '{cells} new cells, at most {most}',
    es: '{cells} celdas nuevas, como mucho {most}',
    pt: '{cells} células novas, no máximo {most}',
    de: '{cells} neue Zellen, höchstens {most}',
    zh: '新增 {cells} 个单元格，最多 {most} 个',
  },
  oneColumn: {
    en: 'one column alone needs a number beside it; give one or choose a second column',
    es: 'una sola columna necesita un número; indique uno o elija una segunda columna',
    pt: 'uma só coluna precisa de um número; indique um ou escolha uma segunda coluna',
    de: 'eine Spalte allein braucht eine Zahl dazu; eine angeben oder eine zweite Spalte wählen',
    zh: '只有一列时需要一个数；请填写或再选一列',
  },
  categories: {
    en: '"auto" or a list of {count} lists of distinct categories, one per column, is needed',
    es: 'se necesita "auto" o una lista de {count} listas de categorías distintas, una por columna',
    pt: 'é preciso "auto" ou uma lista de {count} listas de categorias distintas, uma por coluna',
    de: 'nötig ist "auto" oder eine Liste von {count} Listen verschiedener Kategorien, eine je Spalte',
    zh: '需要 "auto" 或由 {count} 个不重复类别列表组成的列表，每列一个',
  },
  drop: {
    en: '"first", "if_binary" or a list of {count} categories that occur often enough, one per column, is needed',
    es: 'se necesita "first", "if_binary" o una lista de {count} categorías bastante frecuentes, una por columna',
    pt: 'é preciso "first", "if_binary" ou uma lista de {count} categorias bastante frequentes, uma por coluna',
    de: 'nötig ist "first", "if_binary" oder eine Liste von {count} Kategorien, die oft genug vorkommen, eine je Spalte',
    zh: '需要 "first"、"if_binary" 或由 {count} 个出现足够多次的类别组成的列表，每列一个',
  },
} as const satisfies Record<string, LocalText>;
