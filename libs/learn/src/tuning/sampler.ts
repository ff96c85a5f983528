import type { Random } from '#linalg';

import type { Axis } from './space.js';

/** A trial as samplers see it: coordinates (see `Axis`) and the loss, lower being better. */
export interface Observation {
  readonly number: number;
  readonly point: Float64Array;
  readonly loss: number;
  /** How many trials were told when this one was asked. */
  readonly after: number;
}

/** What a sampler may look at. Both lists are in the order of trial numbers. */
export interface History {
  readonly axes: readonly Axis[];
  readonly finished: readonly Observation[];
  /** Asked and not yet told. */
  readonly running: readonly { readonly number: number; readonly point: Float64Array }[];
}

/**
 * Chooses the point of trial `number` by the history alone, so that a search may go on anywhere. Its own draws come from `random`, which
 * is seeded by study and trial number.
 */
export type Sampler = (history: History, number: number, random: Random) => Float64Array;
