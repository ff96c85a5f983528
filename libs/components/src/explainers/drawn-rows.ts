import { random } from '#linalg';

/** Row numbers drawn without repeats, in rising order. */
export function drawnRows(rows: number, count: number, seed: number): Uint32Array {
  const { below } = random(seed);
  const deck = Uint32Array.from({ length: rows }, (_, row) => row);
  for (let at = 0; at < count; at++) {
    const other = at + below(rows - at);
    [deck[at], deck[other]] = [deck[other]!, deck[at]!];
  }
  return deck.subarray(0, count).sort();
}
