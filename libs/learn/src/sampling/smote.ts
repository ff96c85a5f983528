import { type Matrix, NumericError, type Random, type Tick, matrix } from '#linalg';

import { fitNeighbours, nearest } from '../neighbours/index.js';

/** New rows between two rows each: value = base + step · (neighbour − base). Rows are numbers of rows of the matrix. */
export interface Between {
  readonly base: Int32Array;
  readonly neighbour: Int32Array;
  readonly step: Float64Array;
}

/** What to make: `count` rows of the class whose rows are `members`, each towards one of its `k` nearest of the same class. */
export interface SmoteOrder {
  readonly members: Int32Array;
  readonly count: number;
  readonly k: number;
  readonly random: Random;
  readonly tick?: Tick;
}

/** The `k` nearest other members of each member, by row number, member after member. */
export function classNeighbours(x: Matrix, members: Int32Array, k: number, tick?: Tick): Int32Array {
  const own = matrix(members.length, x.cols);
  for (let j = 0; j < x.cols; j++)
    members.forEach((row, at) => (own.data[j * members.length + at] = x.data[j * x.rows + row]!));
  const list = nearest(fitNeighbours(own), own, k + 1, tick);
  const neighbours = new Int32Array(members.length * k);
  members.forEach((_, at) => {
    // A row is its own nearest; among equal rows others may stand before it, and then the last of the list goes.
    const found = Array.from(list.indexes.subarray(at * (k + 1), (at + 1) * (k + 1)));
    const others = found.includes(at) ? found.filter((index) => index !== at) : found.slice(0, k);
    others.forEach((index, place) => (neighbours[at * k + place] = members[index]!));
  });
  return neighbours;
}

/**
 * Synthetic minority over-sampling. Source: Chawla, Bowyer, Hall and Kegelmeyer, SMOTE, 2002. No more members than `k`:
 * `bad-parameter` {parameter: 'k_neighbors', value, most}.
 */
export function smote(x: Matrix, { members, count, k, random, tick }: SmoteOrder): Between {
  if (members.length <= k)
    throw new NumericError('bad-parameter', { parameter: 'k_neighbors', value: k, most: members.length - 1 });
  const neighbours = classNeighbours(x, members, k, tick);
  const made = { base: new Int32Array(count), neighbour: new Int32Array(count), step: new Float64Array(count) };
  for (let at = 0; at < count; at++) {
    const pair = random.below(neighbours.length);
    made.base[at] = members[Math.floor(pair / k)]!;
    made.neighbour[at] = neighbours[pair]!;
    made.step[at] = random.float();
  }
  return made;
}
