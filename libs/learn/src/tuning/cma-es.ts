import { type Matrix, type Random, matrix, symmetricEigen, timesVector, transposeTimesVector } from '#linalg';

import { generations } from './generations.js';
import type { Sampler } from './sampler.js';
import { fromUnit, toUnit } from './space.js';

/** The constants of N. Hansen, The CMA Evolution Strategy: A Tutorial (arXiv 1604.00772), for d dimensions. */
function constants(d: number) {
  const size = 4 + Math.floor(3 * Math.log(d));
  const parents = Math.floor(size / 2);
  const raw = Array.from({ length: size }, (_, i) => Math.log((size + 1) / 2) - Math.log(i + 1));
  const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
  const effective = (values: readonly number[]): number =>
    total(values) ** 2 / total(values.map((value) => value ** 2));
  const mu = effective(raw.slice(0, parents));
  const muBad = effective(raw.slice(parents));
  const cc = (4 + mu / d) / (d + 4 + (2 * mu) / d);
  const cs = (mu + 2) / (d + mu + 5);
  const c1 = 2 / ((d + 1.3) ** 2 + mu);
  const cmu = Math.min(1 - c1, (2 * (mu - 2 + 1 / mu)) / ((d + 2) ** 2 + mu));
  const bad = Math.min(1 + c1 / cmu, 1 + (2 * muBad) / (mu + 2), (1 - c1 - cmu) / (d * cmu));
  const good = total(raw.slice(0, parents));
  const loss = -total(raw.slice(parents));
  const weights = raw.map((value) => (value >= 0 ? value / good : (value * bad) / loss));
  const damping = 1 + 2 * Math.max(0, Math.sqrt((mu - 1) / (d + 1)) - 1) + cs;
  const norm = Math.sqrt(d) * (1 - 1 / (4 * d) + 1 / (21 * d * d));
  return { size, parents, mu, cc, cs, c1, cmu, weights, damping, norm };
}

/** The search distribution N(mean, sigma² C) with its two evolution paths. */
interface Strategy {
  mean: Float64Array;
  sigma: number;
  covariance: Matrix;
  /** C = B diag(spread²) Bᵀ. */
  basis: Matrix;
  spread: Float64Array;
  pathSigma: Float64Array;
  pathC: Float64Array;
  generation: number;
}

function identity(d: number): Matrix {
  const result = matrix(d, d);
  for (let i = 0; i < d; i++) result.data[i * d + i] = 1;
  return result;
}

function begin(d: number): Strategy {
  const zeros = (): Float64Array => new Float64Array(d);
  const start = { mean: zeros().fill(0.5), sigma: 1 / 6, covariance: identity(d), basis: identity(d) };
  return { ...start, spread: zeros().fill(1), pathSigma: zeros(), pathC: zeros(), generation: 0 };
}

/** Moves the distribution by one generation, `ranked` best first. */
function advance(s: Strategy, ranked: readonly Float64Array[]): void {
  const d = s.mean.length;
  const { parents, mu, cc, cs, c1, cmu, weights, damping, norm } = constants(d);
  const steps = ranked.map((point) => point.map((value, i) => (value - s.mean[i]!) / s.sigma));
  const move = new Float64Array(d);
  for (let k = 0; k < parents; k++) steps[k]!.forEach((value, i) => (move[i]! += weights[k]! * value));
  s.mean = s.mean.map((value, i) => value + s.sigma * move[i]!);
  const whiten = (v: Float64Array): Float64Array =>
    timesVector(
      s.basis,
      transposeTimesVector(s.basis, v).map((value, i) => value / s.spread[i]!),
    );
  const white = whiten(move);
  s.pathSigma = s.pathSigma.map((value, i) => (1 - cs) * value + Math.sqrt(cs * (2 - cs) * mu) * white[i]!);
  const length = Math.hypot(...s.pathSigma);
  s.generation++;
  const steady = length / Math.sqrt(1 - (1 - cs) ** (2 * s.generation)) < (1.4 + 2 / (d + 1)) * norm;
  s.pathC = s.pathC.map((value, i) => (1 - cc) * value + (steady ? Math.sqrt(cc * (2 - cc) * mu) * move[i]! : 0));
  s.sigma = Math.min(s.sigma * Math.exp((cs / damping) * (length / norm - 1)), 1);
  // Negative weights are scaled so that the covariance stays positive definite.
  const signed = weights.map((weight, k) =>
    weight >= 0 ? weight : (weight * d) / (whiten(steps[k]!).reduce((sum, v) => sum + v * v, 0) + 1e-12),
  );
  const keep = 1 - c1 - cmu * weights.reduce((sum, weight) => sum + weight, 0) + (steady ? 0 : c1 * cc * (2 - cc));
  for (let j = 0; j < d; j++) {
    for (let i = 0; i < d; i++) {
      let rank = 0;
      steps.forEach((step, k) => (rank += signed[k]! * step[i]! * step[j]!));
      s.covariance.data[j * d + i] = keep * s.covariance.data[j * d + i]! + c1 * s.pathC[i]! * s.pathC[j]! + cmu * rank;
    }
  }
  const { values, vectors } = symmetricEigen(s.covariance);
  s.basis = vectors;
  s.spread = values.map((value) => Math.sqrt(Math.max(value, 1e-20)));
}

/** A draw within the unit box: the first of 100 that lies inside, else the last, clipped. */
function drawInside({ mean, sigma, basis, spread }: Strategy, { normal }: Random): Float64Array {
  for (let attempt = 0; ; attempt++) {
    const turned = timesVector(
      basis,
      spread.map((value) => value * normal()),
    );
    const point = mean.map((value, i) => value + sigma * turned[i]!);
    if (point.every((value) => value >= 0 && value <= 1)) return point;
    if (attempt === 100) return point.map((value) => Math.min(1, Math.max(0, value)));
  }
}

/**
 * The covariance matrix adaptation evolution strategy, with active update, on the numbers scaled to the unit box; categories
 * are drawn at random. A generation ends when enough of its trials are told, those of the lowest numbers counting.
 */
export function cmaEsSampler(): Sampler {
  return ({ axes, finished }, _, random) => {
    const numeric = axes.flatMap((axis, d) => (axis.choices || axis.first === axis.last ? [] : [d]));
    const point = Float64Array.from(axes, (axis) => fromUnit(axis, random.float()));
    if (numeric.length === 0) return point;
    const { size } = constants(numeric.length);
    const strategy = begin(numeric.length);
    for (const generation of generations(finished, size)) {
      const ranked = generation.slice(0, size).sort((a, b) => a.loss - b.loss || a.number - b.number);
      advance(
        strategy,
        ranked.map((trial) => Float64Array.from(numeric, (d) => toUnit(axes[d]!, trial.point[d]!))),
      );
    }
    const unit = drawInside(strategy, random);
    numeric.forEach((d, i) => (point[d] = fromUnit(axes[d]!, unit[i]!)));
    return point;
  };
}
