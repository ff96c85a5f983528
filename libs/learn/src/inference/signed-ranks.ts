import { normalCdf } from '#linalg';

import { ranksOf } from './ranks.js';
import type { Side } from './tails.js';

/** Two lists of scores compared by the signed ranks of their differences. */
export interface SignedRanks {
  /** The smaller of the two sums of ranks; of a one-sided question that of the positive differences. */
  readonly statistic: number;
  readonly pValue: number;
  /** How many folds differ; the others say nothing. */
  readonly differing: number;
  readonly method: 'exact' | 'normal';
}

/** Beyond this many differences the normal distribution is as good. */
const MOST_EXACT = 50;

/**
 * Wilcoxon's signed-rank test, folds without a difference left out. Exact over all signs, ties of ranks included, up to 50 differences; then
 * by the normal distribution with the correction for ties. NaN without any difference. Source: F. Wilcoxon, 1945; scipy's wilcoxon.
 */
export function signedRanks(first: readonly number[], second: readonly number[], side: Side): SignedRanks {
  const differences = first.map((score, fold) => score - second[fold]!).filter((value) => value !== 0);
  const ranks = ranksOf(differences.map(Math.abs));
  const above = ranks.reduce((sum, rank, at) => sum + (differences[at]! > 0 ? rank : 0), 0);
  const all = ranks.reduce((sum, rank) => sum + rank, 0);
  const statistic = side === 'two-sided' ? Math.min(above, all - above) : above;
  const exact = differences.length <= MOST_EXACT;
  // A sum at most so far out on one side; the distribution is symmetric.
  const below = exact ? exactBelow(ranks) : normalBelow(ranks);
  const pValue =
    differences.length === 0
      ? Number.NaN
      : side === 'two-sided'
        ? Math.min(1, 2 * below(statistic))
        : below(side === 'less' ? above : all - above);
  return { statistic, pValue, differing: differences.length, method: exact ? 'exact' : 'normal' };
}

/** P(sum of the positive ranks ≤ x) when every sign is as likely as the other; ranks are halves at the finest. */
function exactBelow(ranks: readonly number[]): (x: number) => number {
  const steps = ranks.map((rank) => Math.round(2 * rank));
  const most = steps.reduce((sum, step) => sum + step, 0);
  let chances = new Float64Array(most + 1);
  chances[0] = 1;
  for (const step of steps) {
    const next = chances.map((chance) => chance / 2);
    for (let at = step; at <= most; at++) next[at]! += chances[at - step]! / 2;
    chances = next;
  }
  return (x) => chances.subarray(0, Math.round(2 * x) + 1).reduce((sum, chance) => sum + chance, 0);
}

function normalBelow(ranks: readonly number[]): (x: number) => number {
  const mean = ranks.reduce((sum, rank) => sum + rank, 0) / 2;
  const deviation = Math.sqrt(ranks.reduce((sum, rank) => sum + rank ** 2, 0)) / 2;
  return (x) => normalCdf((x - mean) / deviation);
}
