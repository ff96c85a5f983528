import type { CsvReadPlan, Fields, ParamsOf } from '#contract';

import type { ComponentBase } from './component.js';

/** A loader is data: its parameters become a read plan that `#tables` executes. */
export interface Loader<P extends Fields = Fields> extends ComponentBase<P> {
  readonly kind: 'loader';
  readonly extensions: readonly string[];
  readonly tasks: readonly string[];
  plan(params: ParamsOf<P>): CsvReadPlan;
}

/** Declares a loader. */
export function defineLoader<const P extends Fields>(definition: Omit<Loader<P>, 'kind'>): Loader {
  return { kind: 'loader', ...definition } as unknown as Loader;
}
