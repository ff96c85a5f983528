import { chiSquaredTail } from './tails.js';

/** Ranks from 1 up, equal values sharing the mean of theirs. */
export function ranksOf(values: readonly number[]): number[] {
  const order = Array.from(values.keys()).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let at = from; at < to; at++) ranks[order[at]!] = (from + to + 1) / 2;
    from = to;
  }
  return ranks;
}

/** The mean rank of each run over the folds, `scores[run][fold]`; the largest score has the largest rank. */
export function meanRanks(scores: readonly (readonly number[])[]): number[] {
  const folds = scores[0]!.length;
  const sums = scores.map(() => 0);
  for (let fold = 0; fold < folds; fold++)
    ranksOf(scores.map((run) => run[fold]!)).forEach((rank, run) => (sums[run]! += rank));
  return sums.map((sum) => sum / folds);
}

/** Friedman's chi-squared over runs and folds, corrected for ties; NaN when all folds tie. Source: scipy's friedmanchisquare. */
export function friedman(scores: readonly (readonly number[])[]): { statistic: number; pValue: number } {
  const [runs, folds] = [scores.length, scores[0]!.length];
  let ties = 0;
  for (let fold = 0; fold < folds; fold++) {
    const counts = new Map<number, number>();
    for (const run of scores) counts.set(run[fold]!, (counts.get(run[fold]!) ?? 0) + 1);
    for (const count of counts.values()) ties += count ** 3 - count;
  }
  const squares = meanRanks(scores).reduce((sum, rank) => sum + (rank * folds) ** 2, 0);
  const plain = (12 / (runs * folds * (runs + 1))) * squares - 3 * folds * (runs + 1);
  const statistic = plain / (1 - ties / (runs * (runs ** 2 - 1) * folds));
  return { statistic, pValue: chiSquaredTail(statistic, runs - 1) };
}
