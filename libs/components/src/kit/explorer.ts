import type { ColumnRule, Fields, ParamsOf, StoredLeaf } from '#contract';
import type { Frame } from '#frame';
import type { FitContext } from '#linalg';

import type { ComponentBase } from './component.js';

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** An artifact before it has its place in the list. */
export type ArtifactDraft = DistributiveOmit<StoredLeaf, 'index' | 'role' | 'overridden' | 'sentences'>;

/** A look at some columns: a figure, a table, a text or an image; small whatever the number of rows. */
export interface Explorer<P extends Fields = Fields> extends ComponentBase<P> {
  readonly kind: 'explorer';
  readonly group: string;
  readonly columns: ColumnRule;
  /** Parameters that name a further column, which is then loaded too. */
  readonly columnParams?: readonly (keyof P & string)[];
  explore(frame: Frame, columns: readonly string[], params: ParamsOf<P>, context: FitContext): readonly ArtifactDraft[];
}

/** Declares an explorer. */
export function defineExplorer<const P extends Fields>(definition: Omit<Explorer<P>, 'kind'>): Explorer {
  return { kind: 'explorer', ...definition } as unknown as Explorer;
}
