import type { ComponentChoice } from '#contract';
import { AppError, parseParameters } from '#contract';
import type { ModelSessionEntity } from '#persistence';

import type { Catalogue } from '../component/catalogue.js';
import { normaliseSplits } from '../model-session/normalise-splits.js';

/**
 * The splitter of inner folds that a run's `nested` asks for, `{splitter_name, …parameters}`; null when it asks for none. Inner test
 * rows are set aside only when it says so: they would be judged by nothing.
 * @throws AppError `splits-invalid` {reason} unless the session's own splitter lets this one divide its folds once more,
 * `parameters-invalid`, `component-not-registered`.
 */
export function nestedChoice(
  nested: Readonly<Record<string, unknown>> | null | undefined,
  session: Pick<ModelSessionEntity, 'splits' | 'task_name'>,
  catalogue: Catalogue,
): ComponentChoice | null {
  if (!nested || Object.keys(nested).length === 0) return null;
  const name = nested['splitter_name'];
  const splits = normaliseSplits(session.splits, (splitter) => catalogue.get(splitter, 'Splitter'));
  const inner = catalogue.get(splits.splitter_name, 'Splitter').metadata['compatibleInnerSplitters'];
  const allowed = Array.isArray(inner) && splits.splitted_indexes === null ? (inner as readonly unknown[]) : [];
  if (typeof name !== 'string' || !allowed.includes(name))
    throw new AppError('splits-invalid', { reason: `nested: ${String(name)} ∉ ${allowed.join(', ')}` });
  const splitter = catalogue.get(name, 'Splitter');
  if (!catalogue.related(session.task_name).includes(splitter))
    throw new AppError('splits-invalid', { reason: `${splitter.name} ∉ ${session.task_name}` });
  const own = Object.fromEntries(Object.entries(nested).filter(([key]) => Object.hasOwn(splitter.fields, key)));
  return { component: name, params: parseParameters(splitter.fields, { test_size: 0, ...own }) };
}
