import { AppError, assertRules, type ComponentType, parseParameters, type Rule } from '#contract';

import type { Ports } from '../ports.js';

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
