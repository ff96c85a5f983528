import {
  type DistanceMetric,
  type Matrix,
  NumericError,
  type Tick,
  matrix,
  requireFinite,
  scanDistances,
} from '#linalg';

import { type KdTree, buildKdTree, searchKdTree } from './kd-tree.js';
import { type NearestList, nearestList, offer } from './nearest-list.js';

/** Ways to search. All are exact and give the same neighbours; `ball_tree` is a name for the k-d tree. */
export const neighbourAlgorithms = ['auto', 'ball_tree', 'kd_tree', 'brute'] as const;

/** How neighbours count: all alike, or by the inverse of their distance. */
export const neighbourWeights = ['uniform', 'distance'] as const;

/** Options of {@link fitNeighbours}. */
export interface NeighbourOptions {
  /** Default `auto`: the tree up to 15 columns (beyond, hardly a box can be skipped), else brute force. */
  readonly algorithm?: (typeof neighbourAlgorithms)[number];
  readonly metric?: DistanceMetric;
  /** Most points in a leaf of the tree, default 30; changes speed only. */
  readonly leafSize?: number;
}

/** Training rows ready to be searched. */
export interface NeighbourFit {
  readonly x: Matrix;
  readonly metric: DistanceMetric;
  readonly tree: KdTree | null;
}

/** Which neighbours count, and how. */
export interface NeighbourVote {
  /** 1 to the number of training rows. */
  readonly neighbours: number;
  readonly weights: (typeof neighbourWeights)[number];
  readonly tick?: Tick;
}

const treeColumns = 15;
const treeRows = 500;
const queryBlock = 64;

/** Keeps the rows and builds the tree where one is wanted. Refuses missing and infinite values. */
export function fitNeighbours(x: Matrix, options: NeighbourOptions = {}): NeighbourFit {
  const { algorithm = 'auto', metric = 'minkowski', leafSize = 30 } = options;
  requireFinite(x);
  if (!(leafSize >= 1)) throw new NumericError('bad-parameter', { parameter: 'leafSize', value: leafSize });
  const wanted = algorithm === 'auto' ? x.cols <= treeColumns && x.rows >= treeRows : algorithm !== 'brute';
  return { x, metric, tree: wanted ? buildKdTree(x, leafSize) : null };
}

function bruteForce({ x, metric }: NeighbourFit, queries: Matrix, list: NearestList, tick?: Tick): void {
  const limits = new Float64Array(queries.rows).fill(Infinity);
  const visit = (query: number, row: number, distance: number): void => {
    if (distance < limits[query]!) limits[query] = offer(list, query, row, distance);
  };
  scanDistances({ x, queries, metric, limits, visit, ...(tick && { tick }) });
}

/**
 * The `k` nearest training rows of every query and their distances, nearest first, equal distances by row number.
 * Other columns than in training: `bad-shape`; k outside 1 … training rows: `bad-parameter`. Ticks while searching.
 */
export function nearest(fit: NeighbourFit, queries: Matrix, k: number, tick?: Tick): NearestList {
  const { x, metric, tree } = fit;
  requireFinite(queries);
  if (queries.cols !== x.cols) throw new NumericError('bad-shape', { rows: queries.rows, cols: queries.cols });
  if (!(k >= 1 && k <= x.rows))
    throw new NumericError('bad-parameter', { parameter: 'neighbours', value: k, most: x.rows });
  const list = nearestList(queries.rows, k);
  if (tree) {
    const query = new Float64Array(x.cols);
    for (let q = 0; q < queries.rows; q++) {
      if (q % queryBlock === 0) tick?.(q, queries.rows);
      for (let j = 0; j < x.cols; j++) query[j] = queries.data[j * queries.rows + q]!;
      searchKdTree(tree, metric, query, list, q);
    }
  } else {
    bruteForce(fit, queries, list, tick);
  }
  if (metric === 'minkowski' || metric === 'euclidean')
    list.distances.forEach((value, i) => (list.distances[i] = Math.sqrt(value)));
  return list;
}

/** One weight per neighbour; a neighbour at distance 0 outweighs all that are not. */
function voteWeights({ distances, k }: NearestList, weights: NeighbourVote['weights']): Float64Array {
  if (weights === 'uniform') return new Float64Array(distances.length).fill(1);
  return distances.map((distance, at) => {
    // Lists are sorted, so the first tells whether any is at distance 0.
    if (distances[at - (at % k)] === 0) return distance === 0 ? 1 : 0;
    return 1 / distance;
  });
}

/** Class probabilities, queries × classes: the share of the (weighted) neighbours. `y` belongs to the training rows. */
export function neighbourProbabilities(
  fit: NeighbourFit,
  y: Int32Array,
  classes: number,
  queries: Matrix,
  vote: NeighbourVote,
): Matrix {
  if (y.length !== fit.x.rows) throw new NumericError('bad-shape', { rows: fit.x.rows, length: y.length });
  const list = nearest(fit, queries, vote.neighbours, vote.tick);
  const weights = voteWeights(list, vote.weights);
  const result = matrix(queries.rows, classes);
  for (let q = 0; q < queries.rows; q++) {
    let total = 0;
    for (let at = q * list.k; at < (q + 1) * list.k; at++) total += weights[at]!;
    for (let at = q * list.k; at < (q + 1) * list.k; at++)
      result.data[y[list.indexes[at]!]! * queries.rows + q]! += weights[at]! / total;
  }
  return result;
}

/** The (weighted) mean of the neighbours' targets for every query. `y` belongs to the training rows. */
export function neighbourMeans(fit: NeighbourFit, y: Float64Array, queries: Matrix, vote: NeighbourVote): Float64Array {
  if (y.length !== fit.x.rows) throw new NumericError('bad-shape', { rows: fit.x.rows, length: y.length });
  const list = nearest(fit, queries, vote.neighbours, vote.tick);
  const weights = voteWeights(list, vote.weights);
  return Float64Array.from({ length: queries.rows }, (_, q) => {
    let sum = 0;
    let total = 0;
    for (let at = q * list.k; at < (q + 1) * list.k; at++) {
      sum += weights[at]! * y[list.indexes[at]!]!;
      total += weights[at]!;
    }
    return sum / total;
  });
}
