import { type Random, normalCdf } from '#linalg';

import { quasiRandomSampler } from './halton.js';
import { type GaussianProcess, type Kinds, condition, fitGaussianProcess, predictGaussianProcess } from './matern.js';
import type { Observation, Sampler } from './sampler.js';
import { type Axis, fromUnit, toUnit } from './space.js';

const startupTrials = 10;
/** Fitting takes time with the cube of the trials; beyond these, the best and the newest halves stay. */
const mostTrials = 120;
const candidates = 512;
const halfLogTau = 0.5 * Math.log(2 * Math.PI);

/** Logarithm of the improvement expected below `best`; far from any improvement by the asymptotic form. */
export function logExpectedImprovement(mean: number, deviation: number, best: number): number {
  const z = (best - mean) / deviation;
  if (z < -25) return Math.log(deviation) - 0.5 * z * z - halfLogTau - 2 * Math.log(-z);
  return Math.log(deviation) + Math.log(Math.exp(-0.5 * z * z - halfLogTau) + z * normalCdf(z));
}

function kept(finished: readonly Observation[]): readonly Observation[] {
  if (finished.length <= mostTrials) return finished;
  const best = new Set([...finished].sort((a, b) => a.loss - b.loss || a.number - b.number).slice(0, mostTrials / 2));
  for (let i = finished.length - 1; best.size < mostTrials; i--) best.add(finished[i]!);
  return finished.filter((trial) => best.has(trial));
}

/** The point's own grid: whole numbers and categories at the middle of their shares. */
const snap = (axes: readonly Axis[], unit: Float64Array): Float64Array =>
  unit.map((value, d) => toUnit(axes[d]!, fromUnit(axes[d]!, value)));

/** The unit point of largest expected improvement: random candidates, then ever smaller steps from the best few. */
function search(
  process: GaussianProcess,
  best: number,
  axes: readonly Axis[],
  kinds: Kinds,
  random: Random,
): Float64Array {
  const scored = (unit: Float64Array): { unit: Float64Array; gain: number } => {
    const { mean, deviation } = predictGaussianProcess(process, unit, kinds);
    return { unit, gain: logExpectedImprovement(mean, deviation, best) };
  };
  const moved = (unit: Float64Array, radius: number): Float64Array =>
    unit.map((value, d) => {
      if (kinds[d]) return random.float() < 0.2 ? random.float() : value;
      return random.float() < 0.5 ? value : Math.min(1, Math.max(0, value + radius * random.normal()));
    });
  let leaders = Array.from({ length: candidates }, () =>
    scored(
      snap(
        axes,
        Float64Array.from(axes, () => random.float()),
      ),
    ),
  );
  for (let radius = 0.1; radius > 1e-4; radius /= 3) {
    leaders = leaders.sort((a, b) => b.gain - a.gain).slice(0, 8);
    leaders.push(
      ...leaders.flatMap(({ unit }) => Array.from({ length: 16 }, () => scored(snap(axes, moved(unit, radius))))),
    );
  }
  return leaders.reduce((top, one) => (one.gain > top.gain ? one : top)).unit;
}

/**
 * Bayesian optimisation: a Gaussian process with a Matérn 5/2 kernel and a length scale per parameter, and the point of
 * largest expected improvement (Jones, Schonlau, Welch 1998). The first ten trials are quasi-random. Trials still running
 * are taken to come out as predicted (kriging believer), which keeps parallel asks apart.
 */
export function gaussianProcessSampler(seed: number): Sampler {
  const first = quasiRandomSampler(seed);
  return (history, number, random) => {
    if (history.finished.length < startupTrials) return first(history, number, random);
    const { axes, running } = history;
    const kinds = axes.map(({ choices }) => choices !== null);
    const trials = kept(history.finished);
    const points = trials.map(({ point }) => point.map((value, d) => toUnit(axes[d]!, value)));
    const mean = trials.reduce((sum, { loss }) => sum + loss, 0) / trials.length;
    const deviation = Math.sqrt(trials.reduce((sum, { loss }) => sum + (loss - mean) ** 2, 0) / trials.length) || 1;
    const y = Float64Array.from(trials, ({ loss }) => (loss - mean) / deviation);
    const fitted = fitGaussianProcess(points, y, kinds);
    const pending = running.map(({ point }) => point.map((value, d) => toUnit(axes[d]!, value)));
    const believed = pending.map((unit) => predictGaussianProcess(fitted, unit, kinds).mean);
    const process = condition([...points, ...pending], Float64Array.of(...y, ...believed), fitted, kinds);
    const unit = search(process, Math.min(...y), axes, kinds, random);
    return unit.map((value, d) => fromUnit(axes[d]!, value));
  };
}
