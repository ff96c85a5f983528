import { figure, plainText, type Figure, type Labels, type Trace } from './figure.js';
import { theme } from './theme.js';

/** A value measured at scattered places. */
export interface Measured {
  readonly x: readonly (number | string)[];
  readonly y: readonly (number | string)[];
  readonly z: readonly number[];
  readonly log: { readonly x: boolean; readonly y: boolean };
  readonly colorbar: string;
  /** Dark marks the best values; false where smaller ones are. */
  readonly largerIsBetter: boolean;
}

/** Scattered values as filled contours between their places, which are marked. */
export function contourFigure(labels: Labels, { x, y, z, log, colorbar, largerIsBetter }: Measured): Figure {
  const across = places(x);
  const up = places(y);
  const grid = up.map(() => across.map((): number | null => null));
  z.forEach((value, i) => (grid[up.indexOf(y[i]!)]![across.indexOf(x[i]!)] = value));
  const text = (values: readonly (number | string)[]) =>
    values.map((value) => (typeof value === 'string' ? plainText(value) : value));
  const traces: Trace[] = [
    {
      type: 'contour',
      x: text(across),
      y: text(up),
      z: grid,
      connectgaps: true,
      colorscale: theme.sequential,
      reversescale: !largerIsBetter,
      line: { width: 0.5 },
      colorbar: { title: { text: plainText(colorbar) } },
      hoverinfo: 'none',
    },
    {
      type: 'scatter',
      mode: 'markers',
      x: text(x),
      y: text(y),
      marker: { color: theme.ink, size: 6 },
      showlegend: false,
    },
  ];
  const kind = (values: readonly (number | string)[], logarithmic: boolean): string =>
    values.some((value) => typeof value === 'string') ? 'category' : logarithmic ? 'log' : 'linear';
  return figure(labels, traces, { x: { type: kind(x, log.x) }, y: { type: kind(y, log.y) } });
}

/** The distinct places in rising order. */
function places(values: readonly (number | string)[]): (number | string)[] {
  return [...new Set(values)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}
