import { type Random, argsort } from '#linalg';

import { draw, logDensity, parzen } from './parzen.js';
import { randomSampler } from './random-sampler.js';
import type { History, Sampler } from './sampler.js';
import type { Axis } from './space.js';

/** Settings of {@link tpeSampler}; the defaults are those of Optuna 5. */
export interface TpeOptions {
  /** Finished trials before results are looked at; until then draws are random. Default 10. */
  readonly startupTrials?: number;
  /** Candidates drawn per trial, of which the most promising is taken. Default 24. */
  readonly candidates?: number;
  /** Model the parameters together (default) rather than each for itself. */
  readonly multivariate?: boolean;
  /** How many of n finished trials count as good. Default `ceil(n / 10)`, at most 25. */
  readonly goodCount?: (n: number) => number;
}

const tenth = (n: number): number => Math.min(Math.ceil(0.1 * n), 25);

/** The choices of hyperopt's `tpe.suggest`: each parameter for itself, 20 random trials first, ¼√n good ones. */
export const hyperoptTpe: TpeOptions = {
  startupTrials: 20,
  multivariate: false,
  goodCount: (n) => Math.min(Math.ceil(0.25 * Math.sqrt(n)), 25),
};

interface Parts {
  readonly axes: readonly Axis[];
  readonly good: readonly Float64Array[];
  readonly rest: readonly Float64Array[];
}

function split({ axes, finished, running }: History, goodCount: (n: number) => number): Parts {
  const losses = Float64Array.from(finished, ({ loss }) => loss);
  // A stable sort: of equal losses the earlier trial is the better.
  const isGood = new Set<number>(argsort(losses).subarray(0, goodCount(finished.length)));
  const rest = finished.filter((_, i) => !isGood.has(i)) as { number: number; point: Float64Array }[];
  if (running.length > 0) rest.push(...running);
  const points = (trials: readonly { point: Float64Array }[]): Float64Array[] => trials.map(({ point }) => point);
  return {
    axes,
    good: points(finished.filter((_, i) => isGood.has(i))),
    rest: points(rest.sort((a, b) => a.number - b.number)),
  };
}

/** The candidate, over the coordinates `places`, whose density among the good exceeds that among the rest the most. */
function mostPromising(parts: Parts, places: readonly number[], candidates: number, random: Random): Float64Array {
  const axes = places.map((d) => parts.axes[d]!);
  const among = parzen(axes, parts.good, places);
  const points = Array.from({ length: candidates }, () => draw(among, random));
  const gains = logDensity(among, points);
  logDensity(parzen(axes, parts.rest, places), points).forEach((value, i) => (gains[i]! -= value));
  let best = 0;
  for (let i = 1; i < candidates; i++) if (gains[i]! > gains[best]!) best = i;
  return points[best]!;
}

/**
 * The Tree-structured Parzen Estimator: candidates from a density of the good trials, taken by their ratio to a density of
 * the rest. Trials still running count among the rest (constant liar), which keeps parallel asks apart. Sources: Bergstra
 * et al. (NIPS 2011); Watanabe, arXiv 2304.11127; the choices are those of Optuna 5's TPESampler.
 */
export function tpeSampler({
  startupTrials = 10,
  candidates = 24,
  multivariate = true,
  goodCount = tenth,
}: TpeOptions = {}): Sampler {
  return (history, number, random) => {
    if (history.finished.length < startupTrials) return randomSampler(history, number, random);
    const { axes } = history;
    const parts = split(history, goodCount);
    const point = Float64Array.from(axes, ({ first }) => first);
    const open = axes.flatMap((axis, d) => (axis.first === axis.last ? [] : [d]));
    for (const places of multivariate ? [open] : open.map((d) => [d])) {
      const chosen = mostPromising(parts, places, candidates, random);
      places.forEach((d, i) => (point[d] = chosen[i]!));
    }
    return point;
  };
}
