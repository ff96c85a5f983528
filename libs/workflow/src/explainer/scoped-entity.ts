import type { EntityTarget } from 'typeorm';

import { AppError } from '#contract';
import { GlobalExplainerEntity, LocalExplainerEntity } from '#persistence';

import type { RowRef } from '../rows.js';

/** What an explainer explains: the model as a whole, or single answers of it. */
export type ExplainerScope = 'global' | 'local';
/** A row of either kind. */
export type ExplainerEntity = GlobalExplainerEntity | LocalExplainerEntity;

/** The table of a scope. */
export const scopedEntity = (scope: ExplainerScope): EntityTarget<ExplainerEntity> =>
  scope === 'global' ? GlobalExplainerEntity : LocalExplainerEntity;

/** The row of an explainer by its scope as the wire names it. @throws AppError `explainer-scope-unknown`. */
export function explainerRef(scope: string, id: number): RowRef<ExplainerEntity> {
  if (scope !== 'global' && scope !== 'local') throw new AppError('explainer-scope-unknown', { scope });
  return { entity: scopedEntity(scope), id, missing: 'explainer-not-found' };
}
