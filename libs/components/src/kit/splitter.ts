import type { Fields, ParamsOf, SplitIndexes } from '#contract';

import type { ComponentBase } from './component.js';

/** Divides row numbers into parts. */
export interface Splitter<P extends Fields = Fields> extends ComponentBase<P> {
  readonly kind: 'splitter';
  readonly tasks: readonly string[];
  readonly partitioning: 'holdout' | 'folds';
  /**
   * One entry per fold; a holdout has one. `classes` is the encoded target when there is one to stratify by. Row numbers rise
   * within each part.
   * @throws AppError `splits-invalid` {reason}, `split-empty-part` {part}.
   */
  split(rows: number, classes: Int32Array | null, params: ParamsOf<P>): readonly SplitIndexes[];
}

/** Declares a splitter. */
export function defineSplitter<const P extends Fields>(definition: Omit<Splitter<P>, 'kind'>): Splitter {
  return { kind: 'splitter', ...definition } as unknown as Splitter;
}
