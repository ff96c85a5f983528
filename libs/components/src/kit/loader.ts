import type { Fields, ParamsOf, ReadPlan } from '#contract';

import type { ComponentBase } from './component.js';

/** A loader is data: its parameters become a read plan that `#tables` executes. */
export interface Loader<P extends Fields = Fields> extends ComponentBase<P> {
  readonly kind: 'loader';
  /** File names it is offered for; one of these packed in a `.zip` is read too. */
  readonly extensions: readonly string[];
  readonly tasks: readonly string[];
  /** The files it reads say what type their columns have. */
  readonly nativeTypes?: boolean;
  plan(params: ParamsOf<P>): ReadPlan;
}

/** Declares a loader. */
export function defineLoader<const P extends Fields>(definition: Omit<Loader<P>, 'kind'>): Loader {
  return { kind: 'loader', ...definition } as unknown as Loader;
}
