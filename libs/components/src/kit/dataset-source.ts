import type { LocalText } from '#contract';

import type { ComponentBase } from './component.js';

/** A hub of public data sets, as people choose it; `#workflow` knows how it is asked, under the same name. */
export interface DatasetSource extends ComponentBase {
  readonly kind: 'dataset-source';
  readonly category: LocalText;
  /** Names of credentials that open more of it. */
  readonly optionalCredentials?: readonly string[];
}

/** Declares a source; it takes no parameters. */
export function defineDatasetSource(definition: Omit<DatasetSource, 'kind' | 'params'>): DatasetSource {
  return { kind: 'dataset-source', params: {}, ...definition };
}
