import type { Words } from '#contract';

import { figure, plainWords, type Figure, type Labels, type Trace } from './figure.js';
import { theme } from './theme.js';

/** A grid of numbers: `z[row][col]`, NaN where there is none. */
export interface Grid {
  readonly x: readonly (Words | number)[];
  readonly y: readonly (Words | number)[];
  readonly z: readonly (readonly number[])[];
  /** `diverging` runs symmetrically from −`limit` to `limit`. */
  readonly scale: 'sequential' | 'diverging';
  readonly limit?: number;
  readonly colorbar?: Words;
  /** The first row stands at the bottom, as values on an axis do. */
  readonly rising?: true;
  /** How numbers are written, as d3-format; four decimals otherwise. */
  readonly format?: string;
}

/** Above this many cells the numbers would not be readable. */
const MOST_WRITTEN = 900;

/** A grid as colours, the first row on top unless `rising`; small grids carry their numbers to four decimals. */
export function heatmapFigure(labels: Labels, grid: Grid): Figure {
  const { x, y, z, scale, limit, colorbar, rising, format = '.4~f' } = grid;
  const place = (at: Words | number): Words | number => (typeof at === 'number' ? at : plainWords(at));
  const written = x.length * y.length <= MOST_WRITTEN;
  const trace: Trace = {
    type: 'heatmap',
    x: x.map(place),
    y: y.map(place),
    z,
    colorscale: scale === 'diverging' ? theme.diverging : theme.sequential,
    ...(limit === undefined ? {} : { zmin: scale === 'diverging' ? -limit : 0, zmax: limit }),
    ...(written ? { texttemplate: `%{z:${format}}` } : {}),
    ...(colorbar === undefined ? {} : { colorbar: { title: { text: plainWords(colorbar) } } }),
    hoverongaps: false,
  };
  const kind = (places: readonly (Words | number)[]): string =>
    places.every((at) => typeof at === 'number') ? 'linear' : 'category';
  return figure(labels, [trace], {
    x: { type: kind(x) },
    y: { type: kind(y), ...(rising ? {} : { autorange: 'reversed' }) },
  });
}
