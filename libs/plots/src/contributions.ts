import type { Words } from '#contract';

import { figure, plainWords, type Figure, type Labels, type Trace } from './figure.js';
import { theme } from './theme.js';

/** What one thing adds (or takes, when negative). */
export interface Contribution {
  readonly name: Words;
  readonly value: number;
}

/** One horizontal bar per contribution, in this order from top to bottom; what adds and what takes differ in colour. */
export function contributionsFigure(labels: Labels, contributions: readonly Contribution[]): Figure {
  const trace: Trace = {
    type: 'bar',
    orientation: 'h',
    x: contributions.map(({ value }) => value),
    y: contributions.map(({ name }) => plainWords(name)),
    marker: { color: contributions.map(({ value }) => (value >= 0 ? theme.palette[3] : theme.palette[0])) },
    showlegend: false,
  };
  return figure(labels, [trace], { y: { type: 'category', autorange: 'reversed' } });
}
