/** The sum, as four sums, so that no addition waits for the one before it. */
export function sumOf(values: Float64Array): number {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  const even = values.length - (values.length % 4);
  for (let i = 0; i < even; i += 4) {
    s0 += values[i]!;
    s1 += values[i + 1]!;
    s2 += values[i + 2]!;
    s3 += values[i + 3]!;
  }
  for (let i = even; i < values.length; i++) s0 += values[i]!;
  return s0 + s1 + (s2 + s3);
}
