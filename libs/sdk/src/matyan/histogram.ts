/** Counts of samples in bins of one width from the lowest to the highest, as `numpy.histogram` counts them. */
export function histogram(samples: ArrayLike<number>, bins: number): { weights: number[]; range: [number, number] } {
  const kept = Array.from(samples).filter(Number.isFinite);
  let [low, high] = [Infinity, -Infinity];
  for (const sample of kept) {
    if (sample < low) low = sample;
    if (sample > high) high = sample;
  }
  if (kept.length === 0) [low, high] = [0, 1];
  if (low === high) [low, high] = [low - 0.5, high + 0.5];
  const width = (high - low) / bins;
  const edge = (place: number): number => (place === bins ? high : low + place * width);
  const weights = new Array<number>(bins).fill(0);
  for (const sample of kept) {
    let place = Math.min(bins - 1, Math.floor(((sample - low) / (high - low)) * bins));
    // What rounding put into the neighbouring bin goes where the edges say.
    if (sample < edge(place)) place -= 1;
    else if (place < bins - 1 && sample >= edge(place + 1)) place += 1;
    weights[place]! += 1;
  }
  return { weights, range: [low, high] };
}
