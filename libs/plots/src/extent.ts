/** Smallest and largest finite value, or null when there is none. */
export function extent(values: ArrayLike<number>): readonly [min: number, max: number] | null {
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min > max ? null : [min, max];
}

/** A whole number as people write it: `1,234,567`. */
export const countText = (count: number): string => count.toLocaleString('en-US');

/** A number as a label shows it: six significant digits at most. */
export const numberText = (value: number): string => String(Number(value.toPrecision(6)));

/**
 * The values to a hundred-thousandth of their range, far below a pixel: the digits that are left take a third of the bytes.
 */
export function coarse(values: Float64Array): Float64Array {
  const range = extent(values);
  if (!range || range[0] === range[1]) return values;
  const unit = 10 ** (Math.floor(Math.log10(range[1] - range[0])) - 5);
  if (!Number.isFinite(1 / unit)) return values;
  return values.map((value) => Number((Math.round(value / unit) * unit).toPrecision(12)));
}
