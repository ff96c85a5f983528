/** The k nearest rows of many queries, filled one candidate at a time; equal distances are ordered by row number. */
export interface NearestList {
  /** Rows of the training matrix, queries × k, nearest first. */
  readonly indexes: Int32Array;
  /** Their distances; while filling, for the euclidean metric, squared. */
  readonly distances: Float64Array;
  readonly k: number;
}

/** Empty lists for `queries` queries. */
export function nearestList(queries: number, k: number): NearestList {
  return { indexes: new Int32Array(queries * k).fill(-1), distances: new Float64Array(queries * k).fill(Infinity), k };
}

/** Puts `row` into the list of `query` if it is nearer than the last (or as near and earlier); returns the last distance. */
export function offer({ indexes, distances, k }: NearestList, query: number, row: number, distance: number): number {
  const first = query * k;
  let at = first + k - 1;
  const last = distances[at]!;
  if (distance > last || (distance === last && row > indexes[at]! && indexes[at]! >= 0)) return last;
  while (at > first && (distances[at - 1]! > distance || (distances[at - 1] === distance && indexes[at - 1]! > row))) {
    distances[at] = distances[at - 1]!;
    indexes[at] = indexes[at - 1]!;
    at--;
  }
  distances[at] = distance;
  indexes[at] = row;
  return distances[first + k - 1]!;
}
