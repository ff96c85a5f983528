import type { Fields, Rule } from '#contract';

import type { Texts } from './texts.js';

/** What every component says of itself, whatever its kind. */
export interface ComponentBase<P extends Fields = Fields> {
  /** DashAI's class name; the file is its kebab-case. */
  readonly name: string;
  readonly params: P;
  readonly texts: Texts<P>;
  /** What must hold between parameters, and which of them mean something when. */
  readonly rules?: readonly Rule[];
  /** `#RRGGBB`: how clients tell it from others. */
  readonly color?: string;
  /** Name of a Material icon, as `ScatterPlot`. */
  readonly icon?: string;
  /** Deviations from the contract suite of its kind: check name → why. A waived check that passes is an error. */
  readonly waive?: Readonly<Record<string, string>>;
  /** Departures from the reference catalogue, for its docs page: what and why, in English. */
  readonly notes?: readonly string[];
}

/** Typed arrays a fitted state may hold. */
export type TypedArray = Float64Array | Float32Array | Int32Array | Uint32Array | Uint16Array | Uint8Array;
/** Fitted state: plain nested values, so that it survives a file and never runs code on load; the codec refuses others. */
export type State = { readonly [key: string]: StateValue };
/** What a fitted state may hold at any depth. */
export type StateValue = number | string | boolean | null | TypedArray | readonly StateValue[] | State;
