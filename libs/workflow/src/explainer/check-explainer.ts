import { AppError, assertRules, type ComponentType, parseParameters, type Rule } from '#contract';

import type { Ports } from '../ports.js';

const PREFIX = 'fit_parameter_';

/** All parameters of a local explainer; those that choose the background carry their prefix whether it was sent or not. */
export function localParameters(
  parameters: Readonly<Record<string, unknown>>,
  fit: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const prefixed = Object.entries(fit).map(([name, value]) => [name.startsWith(PREFIX) ? name : PREFIX + name, value]);
  return { ...parameters, ...(Object.fromEntries(prefixed) as Record<string, unknown>) };
}

/**
 * Checks that a component of this type serves the task and takes these parameters.
 * @throws AppError `component-not-registered`, `parameters-invalid`.
 */
export function checkChoice(
  { catalogue }: Ports,
  task: string,
  { name, type, parameters }: { name: string; type: ComponentType; parameters: Readonly<Record<string, unknown>> },
): void {
  const manifest = catalogue.get(name, type);
  if (!catalogue.related(task).includes(manifest)) throw new AppError('component-not-registered', { name });
  const parsed = parseParameters(manifest.fields, parameters);
  assertRules((manifest.schema?.['x-dashai-rules'] ?? []) as readonly Rule[], parsed);
}
