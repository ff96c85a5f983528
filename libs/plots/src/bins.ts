import { extent } from './extent.js';

/** Adjacent intervals of equal width: bin b reaches from `start + b · width` to `start + (b + 1) · width`. */
export interface Bins {
  readonly start: number;
  readonly width: number;
  readonly count: number;
}

/** Past this many bars a histogram is finer than a screen. */
const MOST_BINS = 1000;
const USUAL_BINS = 200;

/**
 * Bins of a round width (1, 2 or 5 times a power of ten) over the finite values: at most `wanted` of them, or as many as the
 * spread and the number of values support. `whole` centres bins of width 1 on the whole numbers. Null without a finite value.
 */
export function binsFor(values: ArrayLike<number>, wanted: number | null, whole: boolean): Bins | null {
  const range = extent(values);
  if (!range) return null;
  const [min, max] = range;
  const span = max - min;
  if (span === 0 || !Number.isFinite(span)) return oneBin(min, max);
  const most = Math.min(wanted ?? USUAL_BINS, MOST_BINS);
  const ideal = wanted === null ? Math.min(usualWidth(values), span) : 0;
  let width = roundUp(Math.max(span / most, ideal, whole ? 1 : 0, Math.max(Math.abs(min), Math.abs(max)) * 1e-14));
  for (;;) {
    const shift = whole && width === 1 ? 0.5 : 0;
    const start = Math.floor((min + shift) / width) * width - shift;
    const count = Math.floor((max - start) / width) + 1;
    // A maximum on the last edge belongs to the last bin, unless it stands alone there.
    const closed = count > 1 && start + (count - 1) * width === max && count > most ? count - 1 : count;
    if (closed <= most || most === 1) return most === 1 ? oneBin(min, max) : { start, width, count: closed };
    width = roundUp(width * 1.01);
  }
}

function oneBin(min: number, max: number): Bins {
  const margin = min === max ? Math.max(0.5, Math.abs(min) * 1e-6) : 0;
  return { start: min - margin, width: Math.min(max / 2 - min / 2, Number.MAX_VALUE / 4) * 2 + 2 * margin, count: 1 };
}

/** Twice the standard deviation over n^0.4, the width Plotly itself starts from. */
function usualWidth(values: ArrayLike<number>): number {
  let count = 0;
  let mean = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    count++;
    const delta = value - mean;
    mean += delta / count;
    squares += delta * (value - mean);
  }
  return (2 * Math.sqrt(squares / count)) / count ** 0.4;
}

function roundUp(width: number): number {
  const power = 10 ** Math.floor(Math.log10(width));
  const lead = width / power;
  const factor = lead <= 1 ? 1 : lead <= 2 ? 2 : lead <= 5 ? 5 : 10;
  return power * factor;
}

/** The bin of a value inside the range; −1 for a value that is not finite. */
export function binOf({ start, width, count }: Bins, value: number): number {
  if (!Number.isFinite(value)) return -1;
  return Math.max(0, Math.min(count - 1, Math.floor((value - start) / width)));
}
