import type { Words } from '#contract';

import { figure, plainWords, type Figure, type Labels, type Trace } from './figure.js';
import { seriesColor } from './theme.js';

/** A named amount with, if known, its spread in both directions. */
export interface Bar {
  readonly name: Words;
  readonly value: number;
  readonly spread?: number;
}

/** One bar per name, in this order from top to bottom or left to right. */
export function barsFigure(labels: Labels, bars: readonly Bar[], horizontal = false): Figure {
  const names = bars.map((bar) => plainWords(bar.name));
  const values = bars.map((bar) => bar.value);
  const spreads = bars.some((bar) => bar.spread !== undefined)
    ? { type: 'data', array: bars.map((bar) => bar.spread ?? null), visible: true }
    : undefined;
  const trace: Trace = {
    type: 'bar',
    orientation: horizontal ? 'h' : 'v',
    x: horizontal ? values : names,
    y: horizontal ? names : values,
    [horizontal ? 'error_x' : 'error_y']: spreads,
    marker: { color: seriesColor(0) },
    showlegend: false,
  };
  const axes = horizontal ? { y: { type: 'category', autorange: 'reversed' } } : { x: { type: 'category' } };
  return figure(labels, [trace], axes);
}
