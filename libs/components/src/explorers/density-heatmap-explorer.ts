import { int, orNull, phrase, type Words } from '#contract';
import { column, type Frame } from '#frame';
import { binOf, binsFor, countText, figureArtifact, heatmapFigure } from '#plots';

import { defineExplorer } from '../kit/explorer.js';
import { textsOf } from '../kit/texts.js';

import { words } from './explorer-words.js';
import { groupsOf } from './groups.js';

const MOST_BINS = 200;
const MOST_LEVELS = 50;

export const densityHeatmapExplorer = defineExplorer({
  name: 'DensityHeatmapExplorer',
  group: 'Relationship',
  columns: { types: ['Float', 'Integer', 'Categorical'], min: 2, max: 2 },
  params: { nbinsx: orNull(int({ default: 0, min: 1 })), nbinsy: orNull(int({ default: 0, min: 1 })) },
  texts: textsOf(
    {
      en: ['Density Heatmap', 'Counts the rows in each cell of a grid over two columns.'],
      es: ['Mapa de Calor de Densidad', 'Cuenta las filas en cada celda de una cuadrícula sobre dos columnas.'],
      pt: ['Mapa de Calor de Densidade', 'Conta as linhas em cada célula de uma grelha sobre duas colunas.'],
      de: ['Dichte-Heatmap', 'Zählt die Zeilen in jeder Zelle eines Gitters über zwei Spalten.'],
      zh: ['密度热图', '统计两列构成的网格中每个单元的行数。'],
    },
    {
      nbinsx: {
        en: ['Bins across', 'Most columns of the grid.'],
        es: ['Intervalos horizontales', 'Máximo de columnas de la cuadrícula.'],
        pt: ['Intervalos horizontais', 'Máximo de colunas da grelha.'],
        de: ['Klassen waagrecht', 'Höchstzahl der Gitterspalten.'],
        zh: ['横向分箱数', '网格列数的上限。'],
      },
      nbinsy: {
        en: ['Bins upwards', 'Most rows of the grid.'],
        es: ['Intervalos verticales', 'Máximo de filas de la cuadrícula.'],
        pt: ['Intervalos verticais', 'Máximo de linhas da grelha.'],
        de: ['Klassen senkrecht', 'Höchstzahl der Gitterzeilen.'],
        zh: ['纵向分箱数', '网格行数的上限。'],
      },
    },
  ),

  notes: [
    'Cells are counted here, not in the browser: at most as many bins as asked for, of a round width, and at most 200 a side.',
    'At most 50 levels a side; the rarer ones stand together as "Other".',
  ],

  explore(frame, [first = '', second = ''], { nbinsx, nbinsy }) {
    const [x, y] = [axisOf(frame, first, nbinsx), axisOf(frame, second, nbinsy)];
    const z = y.places.map(() => new Array<number>(x.places.length).fill(0));
    let left = 0;
    for (let row = 0; row < frame.rows; row++) {
      const [i, j] = [y.at(row), x.at(row)];
      if (i >= 0 && j >= 0) z[i]![j]!++;
      else left++;
    }
    const lost = left > 0 ? phrase(words.rowsLeftOut, { count: countText(left) }) : undefined;
    const note = frame.rows === 0 ? words.noValues : lost;
    const labels = { title: phrase(words.densityHeatmap, { first, second }), x: first, y: second, note };
    const grid = {
      x: x.places,
      y: y.places,
      z,
      scale: 'sequential',
      colorbar: words.rows,
      format: 'd',
      rising: true,
    } as const;
    return [figureArtifact(heatmapFigure(labels, grid))];
  },
});

/** Where the cells of one side stand, and the place of each row; −1 for none. */
interface Side {
  readonly places: readonly (Words | number)[];
  at(row: number): number;
}

function axisOf(frame: Frame, name: string, wanted: number | null): Side {
  const source = column(frame, name);
  if (source.kind !== 'numeric') {
    const { names, codes } = groupsOf(frame, name, MOST_LEVELS)!;
    return { places: names, at: (row) => codes[row]! };
  }
  const bins = binsFor(
    source.values,
    wanted === null ? null : Math.min(wanted, MOST_BINS),
    source.type.type === 'Integer',
  );
  if (!bins) return { places: [], at: () => -1 };
  const places = Array.from({ length: bins.count }, (_, bin) => bins.start + (bin + 0.5) * bins.width);
  return { places, at: (row) => binOf(bins, source.values[row]!) };
}
