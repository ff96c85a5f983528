import { type LocalText, phrase } from '#contract';
import { hiddenWeights, type Perceptron } from '#learn';
import { figureArtifact, heatmapFigure } from '#plots';

import type { ArtifactDraft } from '../kit/explorer.js';

const MOST_COLUMNS = 40;
const MOST_UNITS = 25;
const TITLE: LocalText = {
  en: 'Weights of the hidden layer',
  es: 'Pesos de la capa oculta',
  pt: 'Pesos da camada oculta',
  de: 'Gewichte der verdeckten Schicht',
  zh: '隐藏层的权重',
};
const UNIT: LocalText = { en: 'unit', es: 'unidad', pt: 'unidade', de: 'Einheit', zh: '单元' };
const COLUMN: LocalText = { en: 'column', es: 'columna', pt: 'coluna', de: 'Spalte', zh: '列' };
const FIRST: LocalText = {
  en: 'the {columns} columns and {units} units with the largest weights, of {allColumns} and {allUnits}',
  es: 'las {columns} columnas y {units} unidades con los pesos mayores, de {allColumns} y {allUnits}',
  pt: 'as {columns} colunas e {units} unidades com os maiores pesos, de {allColumns} e {allUnits}',
  de: 'die {columns} Spalten und {units} Einheiten mit den größten Gewichten, von {allColumns} und {allUnits}',
  zh: '权重最大的 {columns} 列和 {units} 个单元（共 {allColumns} 列、{allUnits} 个单元）',
};

/** What each hidden unit makes of each column, the columns brought to one deviation. */
export function weightsHeatmap(net: Perceptron, names: readonly string[]): readonly ArtifactDraft[] {
  const { rows: units, data } = hiddenWeights(net);
  const at = (unit: number, column: number): number => data[column * units + unit]!;
  const largest = (count: number, most: number, size: (i: number) => number): number[] =>
    Array.from({ length: count }, (_, i) => i)
      .toSorted((a, b) => size(b) - size(a))
      .slice(0, most)
      .toSorted((a, b) => a - b);
  const peak = (values: readonly number[]): number => Math.max(...values.map(Math.abs));
  const columns = largest(names.length, MOST_COLUMNS, (j) => peak(Array.from({ length: units }, (_, k) => at(k, j))));
  const shown = largest(units, MOST_UNITS, (k) => peak(columns.map((j) => at(k, j))));
  const z = columns.map((j) => shown.map((k) => at(k, j)));
  const values = { columns: columns.length, units: shown.length, allColumns: names.length, allUnits: units };
  const cut = columns.length < names.length || shown.length < units;
  return [
    figureArtifact(
      heatmapFigure(
        { title: TITLE, x: UNIT, y: COLUMN, ...(cut ? { note: phrase(FIRST, values) } : {}) },
        {
          x: shown.map((k) => `${k + 1}`),
          y: columns.map((j) => names[j]!),
          z,
          scale: 'diverging',
          limit: peak(z.flat()),
          format: '.2~f',
        },
      ),
    ),
  ];
}
