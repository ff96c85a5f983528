import { type LocalText, phrase } from '#contract';
import { type BoostedTrees, featureImportance, type Trees } from '#learn';
import { barsFigure, figureArtifact } from '#plots';

import type { ArtifactDraft } from '../kit/explorer.js';

const MOST_BARS = 40;
const FIRST: LocalText = {
  en: 'the first {shown} of {all} encoded columns',
  es: 'las primeras {shown} de {all} columnas codificadas',
  pt: 'as primeiras {shown} de {all} colunas codificadas',
  de: 'die ersten {shown} von {all} kodierten Spalten',
  zh: '{all} 个编码列中的前 {shown} 个',
};
const IMPORTANCE: LocalText = {
  en: 'Feature Importance',
  es: 'Importancia de las características',
  pt: 'Importância das características',
  de: 'Merkmalswichtigkeit',
  zh: '特征重要性',
};
const SHARE: LocalText = {
  en: 'share of what all splits gained',
  es: 'proporción de la ganancia de todas las divisiones',
  pt: 'proporção do ganho de todas as divisões',
  de: 'Anteil am Gewinn aller Teilungen',
  zh: '占全部分裂增益的比例',
};
const COEFFICIENTS: LocalText = {
  en: 'Coefficients',
  es: 'Coeficientes',
  pt: 'Coeficientes',
  de: 'Koeffizienten',
  zh: '系数',
};
const CHANGE: LocalText = {
  en: 'change of the answer per unit of the column',
  es: 'cambio de la respuesta por unidad de la columna',
  pt: 'variação da resposta por unidade da coluna',
  de: 'Änderung der Antwort je Einheit der Spalte',
  zh: '该列每变化一个单位时答案的变化',
};

/** Bars of the columns a model goes by, the longest first. */
function featureBars(title: LocalText, of: LocalText, names: readonly string[], values: Float64Array): ArtifactDraft[] {
  const bars = names.map((name, j) => ({ name, value: values[j]! }));
  const shown = bars.toSorted((a, b) => Math.abs(b.value) - Math.abs(a.value)).slice(0, MOST_BARS);
  const note = shown.length < bars.length ? phrase(FIRST, { shown: shown.length, all: bars.length }) : undefined;
  return [figureArtifact(barsFigure({ title, x: of, ...(note === undefined ? {} : { note }) }, shown, true))];
}

/** How much each column did for the splits of the trees, on the training rows. */
export const importanceBars = (trees: Trees | BoostedTrees, names: readonly string[]): readonly ArtifactDraft[] =>
  featureBars(IMPORTANCE, SHARE, names, featureImportance(trees, names.length));

/** The coefficients of a linear model, each in the unit of its column. */
export const coefficientBars = (coefficients: Float64Array, names: readonly string[]): readonly ArtifactDraft[] =>
  featureBars(COEFFICIENTS, CHANGE, names, coefficients);
