import type { ColumnRule, Fields, ParamsOf } from '#contract';
import type { Column, Frame } from '#frame';
import type { FitContext } from '#linalg';

import type { ComponentBase, State } from './component.js';

interface ConverterBase<P extends Fields> extends ComponentBase<P> {
  readonly kind: 'converter';
  readonly category: string;
  readonly columns: ColumnRule;
  readonly needsTarget?: true;
}

/**
 * A step that changes columns. `fit` learns from the frame it is given (the rows in scope, in a session the training rows
 * only); `transform` is pure. The columns it returns replace those it was given, of the same names or not.
 */
export interface ColumnConverter<P extends Fields = Fields, S extends State = State> extends ConverterBase<P> {
  readonly changesRows?: never;
  fit(frame: Frame, target: Column | null, params: ParamsOf<P>, context: FitContext): S;
  transform(state: S, frame: Frame, params: ParamsOf<P>): Frame;
}

/** Rows that stay and rows that are made. */
export interface Resampled {
  /** Numbers of the rows that stay, rising. */
  readonly kept: Int32Array;
  /** New rows, which come last: the columns in scope and the target, of their types. Other columns have no value there. */
  readonly made: Frame | null;
}

/**
 * A step that drops or makes rows and leaves columns as they are. It sees the rows in scope alone; the others stay. Nothing
 * is learnt that would apply to other rows: what is predicted later is never resampled.
 */
export interface RowConverter<P extends Fields = Fields> extends ConverterBase<P> {
  readonly changesRows: true;
  /** Whether a row stays depends on that row alone and none are made: it is then shown the table part by part. */
  readonly rowByRow?: true;
  resample(frame: Frame, target: Column | null, params: ParamsOf<P>, context: FitContext): Resampled;
}

/** A step of a notebook, of columns or of rows. */
export type Converter = ColumnConverter | RowConverter;

/** Declares a converter of columns. */
export function defineConverter<const P extends Fields, S extends State>(
  definition: Omit<ColumnConverter<P, S>, 'kind' | 'changesRows'>,
): ColumnConverter {
  return { kind: 'converter', ...definition } as unknown as ColumnConverter;
}

/** Declares a converter of rows. */
export function defineRowConverter<const P extends Fields>(
  definition: Omit<RowConverter<P>, 'kind' | 'changesRows'>,
): RowConverter {
  return { kind: 'converter', changesRows: true, ...definition } as unknown as RowConverter;
}
