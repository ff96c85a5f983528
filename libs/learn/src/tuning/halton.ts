import { deriveSeed, random } from '#linalg';

import type { Sampler } from './sampler.js';
import { fromUnit } from './space.js';

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n++) if (found.every((p) => n % p !== 0)) found.push(n);
  return found;
}

/**
 * The radical inverse of `index` in a prime base, every digit place permuted at random: points of a scrambled Halton
 * sequence spread evenly for any number of dimensions. Source: A. Owen, A randomized Halton algorithm in R (2017).
 */
export function scrambledHalton(index: number, dimension: number, base: number, seed: number): number {
  let result = 0;
  let rest = index;
  let place = 1 / base;
  for (let digit = 0; place > 1e-16; digit++, place /= base, rest = Math.floor(rest / base)) {
    const { below } = random(deriveSeed(seed, `${dimension}/${digit}`));
    const digits = Int32Array.from({ length: base }, (_, i) => i);
    for (let i = base - 1; i > 0; i--) {
      const other = below(i + 1);
      [digits[i], digits[other]] = [digits[other]!, digits[i]!];
    }
    result += digits[rest % base]! * place;
  }
  return result;
}

/** Points of a scrambled Halton sequence by trial number: more even than chance, independent of all results. */
export function quasiRandomSampler(seed: number): Sampler {
  return ({ axes }, number) => {
    const bases = primes(axes.length);
    return Float64Array.from(axes, (axis, d) => fromUnit(axis, scrambledHalton(number, d, bases[d]!, seed)));
  };
}
