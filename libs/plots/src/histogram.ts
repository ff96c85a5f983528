import type { Words } from '#contract';

import type { Bins } from './bins.js';
import { numberText } from './extent.js';
import { figure, plainWords, type Figure, type Labels, type Trace } from './figure.js';
import { seriesColor, seriesPattern, theme } from './theme.js';

/** One group of bars: a height per bin or level; NaN draws nothing. `color` and `pattern` are numbers of groups. */
export interface BarGroup {
  readonly name: Words;
  readonly heights: Float64Array;
  readonly color?: number;
  readonly pattern?: number;
}

/** A histogram whose heights are computed already, so that its size depends on the bins and not on the rows; groups are stacked. */
export function histogramFigure(labels: Labels, bins: Bins | readonly Words[], groups: readonly BarGroup[]): Figure {
  const levels = 'length' in bins ? bins : null;
  const centres = levels ? [] : Array.from({ length: (bins as Bins).count }, (_, bin) => edge(bins as Bins, bin + 0.5));
  const ranges = levels ? [] : centres.map((_, bin) => rangeText(bins as Bins, bin));
  const traces = groups.map(({ name, heights, color = 0, pattern = 0 }): Trace => ({
    type: 'bar',
    name: plainWords(name),
    x: levels ? levels.map(plainWords) : centres,
    y: heights,
    ...(levels ? {} : { width: (bins as Bins).width, hovertext: ranges, hoverinfo: 'text+y+name' }),
    marker: {
      color: seriesColor(color),
      line: { width: 0 },
      ...(pattern === 0 ? {} : { pattern: { shape: seriesPattern(pattern), fgcolor: theme.ink } }),
    },
    showlegend: groups.length > 1,
  }));
  return figure(
    labels,
    traces,
    { x: levels ? { type: 'category' } : { type: 'linear' } },
    { barmode: 'relative', bargap: levels ? 0.2 : 0 },
  );
}

const edge = ({ start, width }: Bins, bin: number): number => start + bin * width;
const rangeText = (bins: Bins, bin: number): string =>
  `${numberText(edge(bins, bin))} … ${numberText(edge(bins, bin + 1))}`;
