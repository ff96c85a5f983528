import { figure, plainText, type Attribute, type Figure, type Labels, type Trace } from './figure.js';
import { seriesColor, theme } from './theme.js';

/** Points over an x axis of their own; the y axis is one for all panels. */
export interface Panel {
  readonly label: string;
  readonly x: readonly (number | string)[];
  readonly y: readonly number[];
  readonly log?: boolean;
}

const GAP = 0.03;

/** Panels side by side that share the y axis. */
export function panelsFigure(labels: Labels, panels: readonly Panel[]): Figure {
  const width = (1 - GAP * (panels.length - 1)) / panels.length;
  const axes: Record<string, Attribute> = {};
  const traces = panels.map(({ label, x, y, log = false }, index): Trace => {
    const place = index === 0 ? '' : String(index + 1);
    const left = index * (width + GAP);
    const words = x.some((value) => typeof value === 'string');
    axes[`xaxis${place}`] = {
      title: { text: plainText(label) },
      type: words ? 'category' : log ? 'log' : 'linear',
      domain: [left, Math.min(1, left + width)],
      automargin: true,
      gridcolor: theme.faint,
      zerolinecolor: theme.faint,
    };
    return {
      type: 'scatter',
      mode: 'markers',
      name: plainText(label),
      x: x.map((value) => (typeof value === 'string' ? plainText(value) : value)),
      y,
      xaxis: `x${place}`,
      yaxis: 'y',
      marker: { color: seriesColor(0), opacity: 0.85 },
      showlegend: false,
    };
  });
  return figure(labels, traces, {}, axes);
}
