import { z } from 'zod';

import { AppError, type RowScope, SPLITS } from '#contract';

import { wireSplit } from '../run/run-files.js';

const PARTS = [...SPLITS, 'all'] as const;
const Scope = z.union([
  z.object({ mode: z.literal('manual') }).transform(() => 'manual' as const),
  z
    .object({ row_indexes: z.array(z.int().min(0)).min(1).max(10_000) })
    .transform(({ row_indexes }) => ({ rowIndexes: row_indexes })),
  z
    .object({
      split: z
        .string()
        .transform((name) => PARTS.find((part) => part === name || (part !== 'all' && wireSplit(part) === name)))
        .refine((part) => part !== undefined),
      percentage: z.number().min(0).max(100).default(100),
      shuffle: z.boolean().nullish(),
    })
    .transform(({ split, percentage, shuffle }) => ({ part: split, percentage, shuffle: shuffle ?? false })),
]);

/**
 * Which rows a local explainer explains; `manual` ones come with its job. An empty scope means the test rows.
 * @throws AppError `explainer-scope-invalid` {reason}.
 */
export function localScope(given: Readonly<Record<string, unknown>>): RowScope | 'manual' {
  const scope = Scope.safeParse(Object.keys(given).length === 0 ? { split: 'test' } : given);
  if (!scope.success) throw new AppError('explainer-scope-invalid', { reason: Object.keys(given).join(', ') });
  return scope.data;
}
