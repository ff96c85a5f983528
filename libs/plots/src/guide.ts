import type { Words } from '#contract';

import { plainWords, type Figure, type Trace } from './figure.js';
import { theme } from './theme.js';

/** A figure with a dashed line below all else that says where something would be, such as chance or no error. */
export function withGuide(figure: Figure, name: Words, x: readonly number[], y: readonly number[]): Figure {
  const guide: Trace = {
    type: 'scatter',
    mode: 'lines',
    name: plainWords(name),
    x,
    y,
    line: { dash: 'dash', width: 1, color: theme.ink },
    hoverinfo: 'skip',
    showlegend: true,
  };
  return { ...figure, data: [guide, ...figure.data] };
}
