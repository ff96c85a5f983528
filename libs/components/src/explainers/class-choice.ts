import { AppError } from '#contract';

import type { ClassModel } from './cell-space.js';

/** The code of a class by its exact name. @throws AppError `parameters-invalid` {parameter, reason} when the model has none of it. */
export function classCode({ classes }: ClassModel, parameter: string, name: string): number {
  const code = classes.indexOf(name);
  if (code < 0) throw new AppError('parameters-invalid', { parameter, reason: `${name} ∉ ${classes.join(', ')}` });
  return code;
}
