import { phrase, type Words } from '#contract';

import { coarse, countText, extent } from './extent.js';
import {
  figure,
  noteOf,
  plainText,
  plainWords,
  type Attribute,
  type Figure,
  type Labels,
  type Trace,
} from './figure.js';
import { seriesColor, seriesSymbol, theme } from './theme.js';
import { thin } from './thin.js';

/** One group of points. `shade` colours by number, `size` (not negative) is drawn as area. */
export interface PointGroup {
  readonly name: Words;
  readonly x: Float64Array;
  readonly y: Float64Array;
  readonly color?: number;
  readonly symbol?: number;
  readonly shade?: Float64Array;
  readonly size?: Float64Array;
}

const MOST_PER_GROUP = 5000;
const MOST_IN_ALL = 12_000;
const LARGEST_MARKER = 28;
const THINNED = {
  en: '{kept} of {total} points, thinned by density; extremes kept',
  es: '{kept} de {total} puntos, reducidos por densidad; se conservan los extremos',
  pt: '{kept} de {total} pontos, reduzidos por densidade; os extremos são mantidos',
  de: '{kept} von {total} Punkten, nach Dichte ausgedünnt; Extremwerte bleiben',
  zh: '{total} 个点中的 {kept} 个，按密度抽稀，保留极值',
};

/**
 * Points of several groups. Above 5,000 points per group or 12,000 in all, each group is thinned (see {@link thin}) and the figure
 * says so. `shadeTitle` names the colour bar, `largest` is the value the biggest marker stands for.
 */
export function scatterFigure(labels: Labels, groups: readonly PointGroup[], shadeTitle?: string): Figure {
  const total = groups.reduce((sum, group) => sum + group.x.length, 0);
  const drawn = groups.map((group) => thinned(group, total));
  const kept = drawn.reduce((sum, group) => sum + group.x.length, 0);
  const counts = { kept: countText(kept), total: countText(total) };
  const note = noteOf(labels.note, kept < total ? phrase(THINNED, counts) : null);
  const shades = groups.some((group) => group.shade)
    ? extent(drawn.flatMap((group) => Array.from(group.shade ?? [])))
    : null;
  const largest = Math.max(0, ...drawn.map((group) => (group.size ? (extent(group.size)?.[1] ?? 0) : 0)));
  const traces = drawn.map(({ name, x, y, color = 0, symbol = 0, shade, size }): Trace => ({
    type: x.length > 2000 ? 'scattergl' : 'scatter',
    mode: 'markers',
    name: plainWords(name),
    x: total > 2000 ? coarse(x) : x,
    y: total > 2000 ? coarse(y) : y,
    marker: {
      color: shade ? (total > 2000 ? coarse(shade) : shade) : seriesColor(color),
      symbol: seriesSymbol(symbol),
      opacity: total > 1000 ? 0.6 : 0.85,
      ...(shade && shades ? shading(shades, shadeTitle) : {}),
      ...(size && largest > 0 ? sizing(size, largest) : {}),
    },
    showlegend: groups.length > 1,
  }));
  return figure({ ...labels, note }, traces, {
    x: { type: 'linear' },
    y: { type: 'linear' },
  });
}

function thinned(group: PointGroup, total: number): PointGroup {
  const budget = Math.min(
    MOST_PER_GROUP,
    Math.max(50, Math.floor((MOST_IN_ALL * group.x.length) / Math.max(total, 1))),
  );
  const rows = thin(group.x, group.y, budget);
  if (!rows) return group;
  const take = (values: Float64Array): Float64Array => Float64Array.from(rows, (row) => values[row]!);
  return {
    ...group,
    x: take(group.x),
    y: take(group.y),
    ...(group.shade ? { shade: take(group.shade) } : {}),
    ...(group.size ? { size: take(group.size) } : {}),
  };
}

function shading([min, max]: readonly [number, number], title = ''): { readonly [name: string]: Attribute } {
  return {
    colorscale: theme.sequential,
    cmin: min,
    cmax: max,
    showscale: true,
    colorbar: { title: { text: plainText(title) } },
  };
}

/** Markers by area; sizes that are missing or negative get the smallest marker. */
function sizing(size: Float64Array, largest: number): { readonly [name: string]: Attribute } {
  return {
    size: coarse(size.map((value) => (value > 0 ? value : 0))),
    sizemode: 'area',
    sizeref: (2 * largest) / LARGEST_MARKER ** 2,
    sizemin: 3,
  };
}
