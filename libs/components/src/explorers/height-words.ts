import { type LocalText, phrase, type Words } from '#contract';

import type { HistFunc, HistNorm } from './heights.js';

const functions: Readonly<Record<HistFunc, LocalText>> = {
  count: { en: 'count', es: 'recuento', pt: 'contagem', de: 'Anzahl', zh: '计数' },
  sum: { en: 'sum', es: 'suma', pt: 'soma', de: 'Summe', zh: '总和' },
  avg: { en: 'avg', es: 'media', pt: 'média', de: 'Mittelwert', zh: '平均值' },
  min: { en: 'min', es: 'mínimo', pt: 'mínimo', de: 'Minimum', zh: '最小值' },
  max: { en: 'max', es: 'máximo', pt: 'máximo', de: 'Maximum', zh: '最大值' },
};
const norms: Readonly<Record<Exclude<HistNorm, ''>, LocalText>> = {
  percent: { en: 'percent', es: 'porcentaje', pt: 'percentagem', de: 'Prozent', zh: '百分比' },
  probability: { en: 'probability', es: 'probabilidad', pt: 'probabilidade', de: 'Wahrscheinlichkeit', zh: '概率' },
  density: { en: 'density', es: 'densidad', pt: 'densidade', de: 'Dichte', zh: '密度' },
  'probability density': {
    en: 'probability density',
    es: 'densidad de probabilidad',
    pt: 'densidade de probabilidade',
    de: 'Wahrscheinlichkeitsdichte',
    zh: '概率密度',
  },
};
const OF: LocalText = {
  en: '{what} of {name}',
  es: '{what} de {name}',
  pt: '{what} de {name}',
  de: '{what} von {name}',
  zh: '{name} 的{what}',
};

/** What the heights are, as the title of their axis. */
export function heightTitle(histfunc: HistFunc, histnorm: HistNorm, name: string): Words {
  const what = histfunc === 'count' ? functions.count : phrase(OF, { what: functions[histfunc], name });
  if (histnorm === '') return what;
  return histfunc === 'count' ? norms[histnorm] : phrase(OF, { what: norms[histnorm], name: what });
}
