import { figure, plainText, type Figure, type Labels, type Trace } from './figure.js';
import { theme } from './theme.js';

/** A grid of numbers: `z[row][col]`, NaN where there is none. */
export interface Grid {
  readonly x: readonly (string | number)[];
  readonly y: readonly (string | number)[];
  readonly z: readonly (readonly number[])[];
  /** `diverging` runs symmetrically from −`limit` to `limit`. */
  readonly scale: 'sequential' | 'diverging';
  readonly limit?: number;
  readonly colorbar?: string;
  /** How numbers are written, as d3-format; four decimals otherwise. */
  readonly format?: string;
}

/** Above this many cells the numbers would not be readable. */
const MOST_WRITTEN = 900;

/** A grid as colours, the first row on top; small grids carry their numbers to four decimals. */
export function heatmapFigure(labels: Labels, { x, y, z, scale, limit, colorbar, format = '.4~f' }: Grid): Figure {
  const place = (at: string | number): string | number => (typeof at === 'string' ? plainText(at) : at);
  const written = x.length * y.length <= MOST_WRITTEN;
  const trace: Trace = {
    type: 'heatmap',
    x: x.map(place),
    y: y.map(place),
    z,
    colorscale: scale === 'diverging' ? theme.diverging : theme.sequential,
    ...(limit === undefined ? {} : { zmin: scale === 'diverging' ? -limit : 0, zmax: limit }),
    ...(written ? { texttemplate: `%{z:${format}}` } : {}),
    ...(colorbar === undefined ? {} : { colorbar: { title: { text: plainText(colorbar) } } }),
    hoverongaps: false,
  };
  const kind = (places: readonly (string | number)[]): string =>
    places.every((at) => typeof at === 'number') ? 'linear' : 'category';
  return figure(labels, [trace], { x: { type: kind(x) }, y: { type: kind(y), autorange: 'reversed' } });
}
