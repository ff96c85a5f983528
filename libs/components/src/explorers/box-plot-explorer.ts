import { bool, choice, phrase, type Words } from '#contract';
import { column, numericColumn, type Frame } from '#frame';
import {
  binOf,
  binsFor,
  boxFigure,
  boxOf,
  countText,
  figureArtifact,
  noteOf,
  numberText,
  type Box,
  type BoxPoints,
} from '#plots';

import { defineExplorer } from '../kit/explorer.js';
import { textsOf } from '../kit/texts.js';

import { words } from './explorer-words.js';
import { groupTexts } from './column-params.js';

const MOST_BOXES = 50;
const GROUPED_BOXES = 20;
const MOST_POINTS = 3000;

export const boxPlotExplorer = defineExplorer({
  name: 'BoxPlotExplorer',
  group: 'Distribution',
  columns: { types: ['Float', 'Integer'], min: 1, max: 2 },
  params: {
    horizontal: bool({ default: false }),
    points: choice({ default: 'outliers', options: ['all', 'outliers', 'False'] }),
  },
  texts: textsOf(
    {
      en: ['Box Plot', 'Shows where the middle half of a column lies, and what lies far outside.'],
      es: ['Diagrama de Caja', 'Muestra dónde está la mitad central de una columna y qué queda muy fuera.'],
      pt: ['Diagrama de Caixa', 'Mostra onde está a metade central de uma coluna e o que fica muito fora.'],
      de: ['Boxdiagramm', 'Zeigt, wo die mittlere Hälfte einer Spalte liegt und was weit außerhalb liegt.'],
      zh: ['箱线图', '显示一列中间一半的数据所在位置，以及远离其外的值。'],
    },
    {
      horizontal: {
        en: ['Horizontal plot', 'Let the values run from left to right instead of upwards.'],
        es: ['Gráfico horizontal', 'Los valores van de izquierda a derecha en vez de hacia arriba.'],
        pt: ['Gráfico horizontal', 'Os valores vão da esquerda para a direita em vez de para cima.'],
        de: ['Horizontales Diagramm', 'Die Werte laufen von links nach rechts statt nach oben.'],
        zh: ['水平图', '数值从左向右排列，而不是向上。'],
      },
      points: groupTexts.points,
    },
  ),
  notes: [
    'Quartiles are those of NumPy, pandas and the Describe explorer; Plotly on its own would place them by another rule.',
    'With two columns there is one box per value of the first; above 50 values the first column is cut into ranges.',
  ],

  explore(frame, columns, { horizontal, points }) {
    const [first = '', second] = columns;
    const shown: BoxPoints = points === 'False' ? 'none' : points;
    const groups = second === undefined ? oneGroup(frame, first) : groupsBy(frame, first, second);
    const budget = Math.floor(MOST_POINTS / Math.max(1, groups.length));
    const boxes = groups.map(({ at, values }) => boxOf(at, values.sort(), shown, budget));
    const labels = {
      title:
        second === undefined ? phrase(words.boxPlot, { column: first }) : phrase(words.boxPlotBy, { first, second }),
      note: remarksOf(boxes, second !== undefined && typeof groups[0]?.at === 'string' ? first : null),
    };
    const [across, along] = second === undefined ? [undefined, first] : [first, second];
    const [x, y] = horizontal ? [along, across] : [across, along];
    const named = { ...labels, ...(x === undefined ? {} : { x }), ...(y === undefined ? {} : { y }) };
    return [figureArtifact(boxFigure(named, boxes, shown, horizontal))];
  },
});

interface Group {
  readonly at: string | number;
  readonly values: Float64Array;
}

const finite = (values: Float64Array): Float64Array => values.filter((value) => Number.isFinite(value));
const numbers = (frame: Frame, name: string): Float64Array => {
  const source = column(frame, name);
  return (source.kind === 'numeric' ? source : numericColumn(name, [])).values;
};

function oneGroup(frame: Frame, name: string): Group[] {
  const values = finite(numbers(frame, name));
  return values.length > 0 ? [{ at: name, values }] : [];
}

/** The values of `second` by the values of `first`, or by ranges of it when there are too many. */
function groupsBy(frame: Frame, first: string, second: string): Group[] {
  const [by, values] = [numbers(frame, first), numbers(frame, second)];
  const distinct = new Set<number>();
  for (const value of by) if (distinct.size <= MOST_BOXES && Number.isFinite(value)) distinct.add(value);
  const bins = distinct.size > MOST_BOXES ? binsFor(by, GROUPED_BOXES, false) : null;
  const lists = new Map<number, number[]>();
  for (let row = 0; row < by.length; row++) {
    if (!Number.isFinite(by[row]) || !Number.isFinite(values[row])) continue;
    const key = bins ? binOf(bins, by[row]!) : by[row]!;
    const list = lists.get(key);
    if (list) list.push(values[row]!);
    else lists.set(key, [values[row]!]);
  }
  const range = (bin: number): string =>
    bins ? `${numberText(bins.start + bin * bins.width)} … ${numberText(bins.start + (bin + 1) * bins.width)}` : '';
  return [...lists.entries()]
    .sort(([a], [b]) => a - b)
    .map(([key, list]) => ({ at: bins ? range(key) : key, values: Float64Array.from(list) }));
}

function remarksOf(boxes: readonly Box[], cut: string | null): Words | undefined {
  if (boxes.length === 0) return words.noValues;
  const [drawn, all] = boxes.reduce(([a, b], { points, pointCount }) => [a + points.length, b + pointCount], [0, 0]);
  return noteOf(
    drawn < all ? phrase(words.pointsDrawn, { drawn: countText(drawn), all: countText(all) }) : null,
    cut === null ? null : phrase(words.cutIntoRanges, { column: cut }),
  );
}
