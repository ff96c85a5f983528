import { AppError, type ComponentManifest, parseParameters } from '#contract';

import type { Catalogue } from '../component/catalogue.js';

/** The generative task of this name. @throws AppError `not-generative`. */
export const generativeTask = (catalogue: Catalogue, name: string): ComponentManifest =>
  catalogue.get(name, 'GenerativeTask', 'not-generative');

/** The generative model of this name, which must serve the task. @throws AppError `not-generative`, `model-task-mismatch`. */
export function generativeModel(catalogue: Catalogue, name: string, task: string): ComponentManifest {
  const model = catalogue.get(name, 'GenerativeModel', 'not-generative');
  if (!catalogue.related(task).includes(model)) throw new AppError('model-task-mismatch', { model: name, task });
  return model;
}

/** @throws AppError `generative-parameters-invalid` {parameter, reason}. */
export function checkParameters(model: ComponentManifest, given: Readonly<Record<string, unknown>>): void {
  try {
    parseParameters(model.fields, given);
  } catch (error) {
    if (error instanceof AppError && error.code === 'parameters-invalid')
      throw new AppError('generative-parameters-invalid', {
        parameter: error.values['parameter'] ?? '',
        reason: error.values['reason'] ?? '',
      });
    throw error;
  }
}

/** What a form starts with. */
export const defaultParameters = ({ fields }: ComponentManifest): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, field.default]));
