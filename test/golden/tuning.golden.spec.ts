import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { type FinishedTrial, parameterImportance, type SamplerName } from '#learn';

import { medianBest, problems } from './search-problems.js';

interface Golden {
  seeds: number;
  medianBest: Record<'hartmann' | 'mixed', Partial<Record<SamplerName, Record<'50' | '100', number>>>>;
  importance: { trials: FinishedTrial[]; shares: Record<string, number> }[];
}
const golden = JSON.parse(readFileSync(new URL('tuning.json', import.meta.url), 'utf8')) as Golden;

/*
 * Medians of 31 seeds wander by some hundredths on Hartmann-6 (minimum −3.32) and on the mixed function (minimum 0): the
 * band is how far ours may lie above Optuna's. test/golden/make-tuning.py makes Optuna's.
 */
const bands = { hartmann: 0.15, mixed: 0.15 } as const;
const compared: readonly (readonly ['hartmann' | 'mixed', SamplerName])[] = [
  ['hartmann', 'tpe'],
  ['hartmann', 'tpe-independent'],
  ['hartmann', 'random'],
  ['hartmann', 'quasi-random'],
  ['hartmann', 'evolution'],
  ['mixed', 'tpe'],
  ['mixed', 'tpe-independent'],
  ['mixed', 'random'],
  ['mixed', 'quasi-random'],
  ['mixed', 'evolution'],
];

describe('samplers reach what those of Optuna reach', () => {
  it.each(compared)('%s: %s', (problem, sampler) => {
    for (const [count, value] of Object.entries(medianBest(problem, sampler, 100, golden.seeds))) {
      const theirs = golden.medianBest[problem][sampler]![count as '50' | '100'];
      expect(value).toBeLessThanOrEqual(theirs + bands[problem]);
    }
  });

  // Optuna needs further packages for these two, which the golden environment has not.
  it.each(['hartmann', 'mixed'] as const)(
    '%s: CMA-ES and the Gaussian process do far better than chance',
    (problem) => {
      const chance = golden.medianBest[problem].random![100];
      expect(medianBest(problem, 'cma-es', 100, golden.seeds)[100]!).toBeLessThan(chance - 0.5);
      expect(medianBest(problem, 'gaussian-process', 50, 3)[50]!).toBeLessThan(chance - 0.5);
    },
  );
});

describe('importance of parameters (PED-ANOVA)', () => {
  it.each(golden.importance)('agrees with Optuna over $trials.length trials', ({ trials, shares }) => {
    const ours = parameterImportance(problems.mixed.space, trials, 'minimize');
    for (const [name, share] of Object.entries(shares)) expect(ours[name]).toBeCloseTo(share, 6);
  });
});
