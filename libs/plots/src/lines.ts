import type { Words } from '#contract';

import { figure, noteOf, plainText, plainWords, type Figure, type Labels, type Trace } from './figure.js';
import { seriesColor } from './theme.js';
import { thinLine } from './thin.js';

/** One line; x is numbers in rising order or labels. */
export interface Line {
  readonly name: Words;
  readonly x: Float64Array | readonly (number | string)[];
  readonly y: Float64Array | readonly number[];
  readonly mode?: 'lines' | 'markers' | 'lines+markers';
  /** Half the height of a band of uncertainty, drawn as error bars. */
  readonly spread?: Float64Array | readonly number[];
}

const MOST_POINTS = 2000;
const SHORTENED = {
  en: 'long lines drawn through their extremes',
  es: 'líneas largas trazadas por sus extremos',
  pt: 'linhas longas traçadas pelos seus extremos',
  de: 'lange Linien durch ihre Extremwerte gezeichnet',
  zh: '长折线仅绘制其极值点',
};

/** Lines over one x axis; a line of more than 2,000 points is drawn through the extremes of each stretch. */
export function linesFigure(labels: Labels, lines: readonly Line[]): Figure {
  const shortened = lines.some((line) => line.y.length > MOST_POINTS);
  const note = noteOf(labels.note, shortened ? SHORTENED : null);
  const traces = lines.map((line, index): Trace => {
    const { name, x, y, mode = 'lines', spread } = shortLine(line);
    return {
      type: 'scatter',
      mode,
      name: plainWords(name),
      x: typeof x[0] === 'string' ? (x as readonly string[]).map(plainText) : x,
      y,
      error_y: spread ? { type: 'data', array: spread, visible: true } : undefined,
      line: { color: seriesColor(index) },
      marker: { color: seriesColor(index) },
      showlegend: lines.length > 1,
    };
  });
  return figure({ ...labels, note }, traces);
}

function shortLine(line: Line): Line {
  const rows = thinLine(line.y, MOST_POINTS);
  if (!rows) return line;
  return {
    ...line,
    x: Array.from(rows, (row) => line.x[row]!),
    y: Array.from(rows, (row) => line.y[row]!),
    ...(line.spread ? { spread: Array.from(rows, (row) => line.spread![row]!) } : {}),
  };
}
