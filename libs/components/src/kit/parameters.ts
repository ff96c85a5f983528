import { assertRules, type Fields, parseParameters, type ParamsOf } from '#contract';

import type { ComponentBase } from './component.js';

/**
 * The parameters of a component that is not tuned: checked, with defaults filled in, and in keeping with its rules.
 * @throws AppError `parameters-invalid` {parameter, reason}.
 */
export function parametersFor<P extends Fields>(
  component: Pick<ComponentBase<P>, 'params' | 'rules'>,
  given: Readonly<Record<string, unknown>>,
): ParamsOf<P> {
  const params = parseParameters(component.params, given);
  assertRules(component.rules ?? [], params);
  return params;
}
