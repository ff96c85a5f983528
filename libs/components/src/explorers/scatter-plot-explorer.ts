import { phrase } from '#contract';
import { asNumeric, column, type Frame } from '#frame';
import { countText, figureArtifact, scatterFigure, type PointGroup } from '#plots';

import { namedColumn } from '../kit/columns.js';
import { defineExplorer } from '../kit/explorer.js';
import { textsOf } from '../kit/texts.js';

import { words } from './explorer-words.js';
import { groupTexts, optionalColumn } from './column-params.js';
import { crossed, groupsOf } from './groups.js';

const MOST_GROUPS = 10;

export const scatterPlotExplorer = defineExplorer({
  name: 'ScatterPlotExplorer',
  group: 'Relationship',
  columns: { types: ['Float', 'Integer', 'Categorical'], min: 2, max: 2, numericStorage: true },
  columnParams: ['color_group', 'simbol_group', 'point_size'],
  params: { color_group: optionalColumn(), simbol_group: optionalColumn(), point_size: optionalColumn() },
  texts: textsOf(
    {
      en: ['Scatter Plot', 'Draws each row as a point over two columns, so that their relationship shows.'],
      es: ['Gráfico de Dispersión', 'Dibuja cada fila como un punto sobre dos columnas, para ver su relación.'],
      pt: ['Gráfico de Dispersão', 'Desenha cada linha como um ponto sobre duas colunas, para ver a sua relação.'],
      de: [
        'Streudiagramm',
        'Zeichnet jede Zeile als Punkt über zwei Spalten, sodass deren Zusammenhang sichtbar wird.',
      ],
      zh: ['散点图', '将每一行绘制为两列上的一个点，以显示它们的关系。'],
    },
    { color_group: groupTexts.color, simbol_group: groupTexts.symbol, point_size: groupTexts.size },
  ),
  notes: [
    'A colour column of numbers is drawn as a colour scale, one of levels as groups; at most 10 groups, the rarer levels stand together.',
    'Above 5,000 points per group or 12,000 in all, dense regions are thinned and the figure says so.',
  ],

  explore(frame, [first = '', second = ''], { color_group, simbol_group, point_size }) {
    const [x, y] = [asNumeric(column(frame, first)).values, asNumeric(column(frame, second)).values];
    const rows = rowsWithBoth(x, y);
    const names = frame.columns.map((one) => one.name);
    const [colorName, symbolName] = [namedColumn(color_group, names), namedColumn(simbol_group, names)];
    const sizeName = namedColumn(point_size, names);
    const shade = shadeOf(frame, colorName);
    const colors = shade ? null : groupsOf(frame, colorName, MOST_GROUPS);
    const symbols = groupsOf(frame, symbolName, MOST_GROUPS);
    const size = sizeName ? asNumeric(column(frame, sizeName)).values : null;
    const groups = crossed(rows, colors, symbols).map((cell): PointGroup => ({
      name: cell.name,
      x: take(x, cell.rows),
      y: take(y, cell.rows),
      color: cell.first,
      symbol: cell.second,
      ...(shade ? { shade: take(shade, cell.rows) } : {}),
      ...(size ? { size: take(size, cell.rows) } : {}),
    }));
    const left = frame.rows - rows.length;
    const labels = {
      title: phrase(words.scatterPlot, { first, second }),
      x: first,
      y: second,
      note: left > 0 ? phrase(words.rowsLeftOut, { count: countText(left) }) : undefined,
      legend: [colors ? colorName : null, symbolName].filter((part) => part).join(', ') || undefined,
    };
    return [figureArtifact(scatterFigure(labels, groups, colorName ?? undefined))];
  },
});

function shadeOf(frame: Frame, name: string | null): Float64Array | null {
  const source = name === null ? null : column(frame, name);
  return source?.kind === 'numeric' ? source.values : null;
}

function rowsWithBoth(x: Float64Array, y: Float64Array): Uint32Array {
  const rows = new Uint32Array(x.length);
  let count = 0;
  for (let row = 0; row < x.length; row++) if (Number.isFinite(x[row]) && Number.isFinite(y[row])) rows[count++] = row;
  return rows.subarray(0, count);
}

const take = (values: Float64Array, rows: Uint32Array): Float64Array => {
  const taken = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) taken[i] = values[rows[i]!]!;
  return taken;
};
