import type { LocalText } from '#contract';

/** Why explorers refuse what they are asked for. */
export const refusals = {
  noColumn: {
    en: 'it leaves no column',
    es: 'no deja ninguna columna',
    pt: 'não deixa nenhuma coluna',
    de: 'es bleibt keine Spalte übrig',
    zh: '没有剩下任何列',
  },
  noPercentile: {
    en: '"{word}" is not a whole number from 0 to 100',
    es: '"{word}" no es un número entero de 0 a 100',
    pt: '"{word}" não é um número inteiro de 0 a 100',
    de: '"{word}" ist keine ganze Zahl von 0 bis 100',
    zh: '"{word}" 不是 0 到 100 的整数',
  },
  percentileTwice: {
    en: 'a percentile is named twice',
    es: 'un percentil aparece dos veces',
    pt: 'um percentil aparece duas vezes',
    de: 'ein Perzentil ist doppelt genannt',
    zh: '有百分位数重复',
  },
  onlyCounted: {
    en: '"{column}" has levels, which can only be counted',
    es: '"{column}" tiene niveles, que solo se pueden contar',
    pt: '"{column}" tem níveis, que só podem ser contados',
    de: '"{column}" hat Stufen, die man nur zählen kann',
    zh: '"{column}" 是类别列，只能计数',
  },
} as const satisfies Record<string, LocalText>;
