import { z } from 'zod';

import { AppError, parseParameters } from '#contract';

import type { Ports } from '../ports.js';

const Chosen = z.looseObject({ columnName: z.string() });

/** Names of the chosen columns. @throws AppError `explorer-columns-invalid`. */
export function columnNames(columns: readonly Readonly<Record<string, unknown>>[]): string[] {
  return columns.map((column) => {
    const chosen = Chosen.safeParse(column);
    if (!chosen.success) throw new AppError('explorer-columns-invalid', { reason: 'columnName' });
    return chosen.data.columnName;
  });
}

/** @throws AppError `component-not-found`, `explorer-parameters-invalid`. */
export function checkExplorer({ catalogue }: Ports, type: string, parameters: Readonly<Record<string, unknown>>): void {
  const { fields } = catalogue.get(type, 'Explorer', 'component-not-found');
  try {
    parseParameters(fields, parameters);
  } catch (error) {
    if (error instanceof AppError && error.code === 'parameters-invalid')
      throw new AppError('explorer-parameters-invalid', error.values);
    throw error;
  }
}
