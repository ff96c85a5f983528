export type HistFunc = 'count' | 'sum' | 'avg' | 'min' | 'max';
export type HistNorm = '' | 'percent' | 'probability' | 'density' | 'probability density';

/** One number per place out of the rows that fall there (`at` −1: nowhere); NaN where avg, min and max have none. */
export function gather(
  rows: Uint32Array,
  values: Float64Array,
  at: (row: number) => number,
  places: number,
  histfunc: HistFunc,
): Float64Array {
  const counts = new Float64Array(places);
  const start = histfunc === 'min' ? Infinity : histfunc === 'max' ? -Infinity : 0;
  const sums = new Float64Array(places).fill(start);
  for (const row of rows) {
    const place = at(row);
    if (place < 0) continue;
    counts[place]!++;
    const value = values[row]!;
    if (histfunc === 'min') sums[place] = Math.min(sums[place]!, value);
    else if (histfunc === 'max') sums[place] = Math.max(sums[place]!, value);
    else sums[place]! += value;
  }
  if (histfunc === 'count') return counts;
  if (histfunc === 'sum') return sums;
  return sums.map((sum, place) => (counts[place] === 0 ? NaN : histfunc === 'avg' ? sum / counts[place]! : sum));
}

/** Heights as shares of their sum, per unit of width, or both: the meanings Plotly gives to `histnorm`. */
export function normalise(heights: Float64Array, histnorm: HistNorm, width: number): Float64Array {
  const total = heights.reduce((sum, height) => sum + (Number.isNaN(height) ? 0 : height), 0);
  const share = histnorm === 'percent' ? 100 / total : 1 / total;
  if (histnorm === '') return heights;
  if (histnorm === 'density') return heights.map((height) => height / width);
  if (histnorm === 'probability density') return heights.map((height) => (height * share) / width);
  return heights.map((height) => height * share);
}
