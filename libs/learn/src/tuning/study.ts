import { NumericError, deriveSeed, random } from '#linalg';

import { cmaEsSampler } from './cma-es.js';
import { gaussianProcessSampler } from './gaussian-process.js';
import { evolutionSampler } from './evolution.js';
import { quasiRandomSampler } from './halton.js';
import { randomSampler } from './random-sampler.js';
import type { Sampler } from './sampler.js';
import { type Choice, type SearchSpace, axesOf, paramsOf, pointOf } from './space.js';
import { hyperoptTpe, tpeSampler } from './tpe.js';

/** Samplers by name. */
export const samplerNames = [
  'tpe',
  'tpe-independent',
  'tpe-hyperopt',
  'random',
  'quasi-random',
  'cma-es',
  'gaussian-process',
  'evolution',
] as const;

/** One of {@link samplerNames}. */
export type SamplerName = (typeof samplerNames)[number];

/** What to search and how. */
export interface StudyOptions {
  readonly space: SearchSpace;
  readonly direction: 'minimize' | 'maximize';
  /** Equal seeds and equal told values give equal trials. */
  readonly seed: number;
  readonly sampler: SamplerName;
  /** Trials of an earlier part of the same search, by number; asking goes on after them. */
  readonly known?: readonly KnownTrial[];
}

/** A trial that was asked and told before. */
export interface KnownTrial {
  readonly params: Readonly<Record<string, Choice>>;
  readonly value: number | null;
  /** How many trials were told when it was asked. */
  readonly after: number;
}

/** A trial: the parameters to try and, once told, the value reached (null when it failed). */
export interface Trial {
  readonly number: number;
  readonly params: Readonly<Record<string, Choice>>;
  readonly value: number | null | undefined;
}

/**
 * A search by ask and tell. What `ask` answers depends on the seed, the trial's number, which trials are told by then and
 * their values, not on the order of the tells: batches of equal size give equal trials however many workers run them.
 */
export interface Study {
  /** The next trial; several may be asked before any is told. */
  ask(): Trial;
  /** The value of an asked trial; null or NaN when it failed. Unknown or told already: `bad-parameter`. */
  tell(number: number, value: number | null): void;
  /** All trials by number. */
  readonly trials: readonly Trial[];
  /** The best trial told so far, the first of equals. */
  readonly best: Trial | undefined;
}

function samplerOf(name: SamplerName, seed: number): Sampler {
  switch (name) {
    case 'tpe':
      return tpeSampler();
    case 'tpe-independent':
      return tpeSampler({ multivariate: false });
    case 'tpe-hyperopt':
      return tpeSampler(hyperoptTpe);
    case 'random':
      return randomSampler;
    case 'quasi-random':
      return quasiRandomSampler(seed);
    case 'cma-es':
      return cmaEsSampler();
    case 'gaussian-process':
      return gaussianProcessSampler(seed);
    case 'evolution':
      return evolutionSampler();
  }
}

/** Starts a study, or goes on with one. A bad space: `bad-parameter`. */
export function createStudy({ space, direction, seed, sampler, known = [] }: StudyOptions): Study {
  const axes = axesOf(space);
  const suggest = samplerOf(sampler, seed);
  const sign = direction === 'minimize' ? 1 : -1;
  const asked: { trial: Trial; point: Float64Array; after: number }[] = known.map(
    ({ params, value, after }, number) => ({
      trial: { number, params, value },
      point: pointOf(axes, params),
      after,
    }),
  );
  return {
    ask() {
      const number = asked.length;
      const running = asked
        .filter(({ trial }) => trial.value === undefined)
        .map(({ trial, point }) => ({ number: trial.number, point }));
      const finished = asked.flatMap(({ trial, point, after }) =>
        typeof trial.value === 'number' ? [{ number: trial.number, point, loss: sign * trial.value, after }] : [],
      );
      const point = suggest({ axes, finished, running }, number, random(deriveSeed(seed, number)));
      const trial = { number, params: paramsOf(axes, point), value: undefined };
      asked.push({ trial, point, after: number - running.length });
      return trial;
    },
    tell(number, value) {
      const entry = asked[number];
      if (entry?.trial.value !== undefined || !entry)
        throw new NumericError('bad-parameter', { parameter: 'trial', value: number });
      const failed = value === null || Number.isNaN(value);
      asked[number] = { ...entry, trial: { ...entry.trial, value: failed ? null : value } };
    },
    get trials() {
      return asked.map(({ trial }) => trial);
    },
    get best() {
      let best: Trial | undefined;
      for (const { trial } of asked) {
        if (typeof trial.value !== 'number') continue;
        if (!best || sign * trial.value < sign * (best.value as number)) best = trial;
      }
      return best;
    },
  };
}
