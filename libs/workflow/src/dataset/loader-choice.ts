import type { ComponentChoice } from '#contract';
import { parseParameters } from '#contract';

import type { Ports } from '../ports.js';

const DEFAULT_LOADER = 'CSVDataLoader';

/**
 * The loader a `params` object names, with those of its keys that are the loader's options; the client sends further ones.
 * @throws AppError `component-not-registered`, `parameters-invalid`.
 */
export function loaderChoice(
  { catalogue }: Ports,
  params: Readonly<Record<string, unknown>>,
  nrows: number | null,
): ComponentChoice {
  const given = params['dataloader'] ?? params['dataloader_name'];
  const name = typeof given === 'string' ? given : DEFAULT_LOADER;
  const { fields } = catalogue.get(name, 'DataLoader');
  const own = Object.fromEntries(Object.entries(params).filter(([key]) => Object.hasOwn(fields, key)));
  const chosen = nrows !== null && Object.hasOwn(fields, 'nrows') ? { ...own, nrows } : own;
  parseParameters(fields, chosen);
  return { component: name, params: chosen };
}
