import { deriveSeed, type Matrix, type Random, random } from '#linalg';

import type { Bins } from './bins.js';
import { BinnedSplitter } from './binned-splitter.js';
import { ClassCriterionState } from './class-criterion.js';
import { ExactSplitter } from './exact-splitter.js';
import { AbsoluteCriterionState } from './absolute-criterion.js';
import { grow, type Splitter } from './grow.js';
import { prune } from './prune.js';
import { balancedWeights, weightedMean } from './training-rows.js';
import { growthLimits, type GrowthParams } from './tree-params.js';
import { joinTrees, type Trees } from './trees.js';
import { ValueCriterionState } from './value-criterion.js';

/** What a helper thread needs to grow the trees first…first+count−1 of a forest; large arrays are shared. */
export interface ForestTask {
  readonly first: number;
  readonly count: number;
  readonly seed: number;
  readonly bins: Bins;
  /** The columns themselves, for the criterion that is not binned (`absolute_error`). */
  readonly x: Matrix | null;
  /** Class codes for `classes` classes, or numbers when `classes` is 0. */
  readonly target: Int32Array | Float64Array;
  readonly classes: number;
  readonly weights: Float64Array;
  readonly balancedSubsample: boolean;
  readonly criterion: string;
  readonly growth: GrowthParams;
  /** Rows drawn with replacement for each tree; 0 for all rows as they are. */
  readonly drawn: number;
}

/** How often each row is drawn for a tree; the same for the tree's number and seed wherever it is asked. */
export function drawRows(rows: number, drawn: number, stream: Random): Uint32Array {
  const counts = new Uint32Array(rows);
  if (drawn === 0) return counts.fill(1);
  for (let i = 0; i < drawn; i++) counts[stream.below(rows)]!++;
  return counts;
}

/** The stream of tree number `tree`: its rows come first, then the columns of its splits. */
export function treeStream(seed: number, tree: number): Random {
  return random(deriveSeed(seed, `tree ${tree}`));
}

function splitterOf(task: ForestTask, weights: Float64Array, stream: Random, pulse: () => void): Splitter {
  const { bins, x, target, classes, criterion } = task;
  const weight = weights.reduce((sum, w) => sum + w, 0);
  const limits = growthLimits(task.growth, bins.rows, bins.cols, weight);
  if (x && target instanceof Float64Array) {
    const state = new AbsoluteCriterionState(target, weights, limits);
    return new ExactSplitter(x, target, weights, state, limits.features, stream, pulse);
  }
  if (target instanceof Int32Array) {
    const state = new ClassCriterionState(classes, target, weights, criterion !== 'gini', limits);
    return new BinnedSplitter(bins, weights, state, limits.features, stream);
  }
  const poisson = criterion === 'poisson';
  const state = new ValueCriterionState(target, poisson ? 0 : weightedMean(target, weights), weights, poisson, limits);
  return new BinnedSplitter(bins, weights, state, limits.features, stream);
}

function growTree(task: ForestTask, tree: number, tick: () => void): Trees {
  const { bins, target, growth } = task;
  const stream = treeStream(task.seed, tree);
  const counts = drawRows(bins.rows, task.drawn, stream);
  const weights = task.weights.map((w, row) => w * counts[row]!);
  if (task.balancedSubsample) {
    const balanced = balancedWeights(target, task.classes, counts);
    for (let row = 0; row < bins.rows; row++) weights[row]! *= balanced[target[row]!]!;
  }
  const weight = weights.reduce((sum, w) => sum + w, 0);
  const splitter = splitterOf(task, weights, stream, tick);
  return prune(grow(splitter, growthLimits(growth, bins.rows, bins.cols, weight), tick), growth.ccpAlpha);
}

/** The kernel `grow-trees`: some trees of a forest. */
export function growTrees(task: ForestTask, tick: () => void): Trees {
  const trees: Trees[] = [];
  for (let tree = task.first; tree < task.first + task.count; tree++) {
    trees.push(growTree(task, tree, tick));
    tick();
  }
  return joinTrees(trees);
}
