import type { ColumnRule, Fields, ParamsOf } from '#contract';
import type { Column, Frame } from '#frame';
import type { FitContext } from '#linalg';

import type { ComponentBase, State } from './component.js';

/**
 * A step that changes columns. `fit` learns from the frame it is given (the rows in scope, in a session the training rows
 * only); `transform` is pure. The columns it returns replace those it was given, of the same names or not.
 */
export interface Converter<P extends Fields = Fields, S extends State = State> extends ComponentBase<P> {
  readonly kind: 'converter';
  readonly category: string;
  readonly columns: ColumnRule;
  readonly needsTarget?: true;
  readonly changesRows?: true;
  fit(frame: Frame, target: Column | null, params: ParamsOf<P>, context: FitContext): S;
  transform(state: S, frame: Frame, params: ParamsOf<P>): Frame;
}

/** Declares a converter. */
export function defineConverter<const P extends Fields, S extends State>(
  definition: Omit<Converter<P, S>, 'kind'>,
): Converter {
  return { kind: 'converter', ...definition } as unknown as Converter;
}
