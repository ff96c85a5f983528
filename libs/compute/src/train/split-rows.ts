import { z } from 'zod';

import { AppError, type SplitIndexes, SPLITS } from '#contract';
import { parametersFor, registry } from '#components';

const Rows = z.array(z.int().min(0));
/** The normalised splits payload: a splitter with its parameters, or row numbers that were chosen by hand. */
const Splits = z.object({
  splitter_name: z.string(),
  params: z.record(z.string(), z.unknown()).default({}),
  splitted_indexes: z.object({ train_indexes: Rows, test_indexes: Rows, val_indexes: Rows }).nullish(),
});

/** How the rows are divided, and whether by folds. */
export interface Division {
  readonly partitioning: 'holdout' | 'folds';
  readonly splits: readonly SplitIndexes[];
}

/**
 * Divides the rows of a table as the session's splits payload says. `classes` is what to stratify by.
 * @throws AppError `splits-invalid` {reason} for payloads that are malformed and row numbers that are out of range or in two
 * parts; `split-empty-part` {part}; `parameters-invalid`.
 */
export function splitRows(
  payload: Readonly<Record<string, unknown>>,
  rows: number,
  classes: Int32Array | null,
): Division {
  const parsed = Splits.safeParse(payload);
  if (!parsed.success) throw new AppError('splits-invalid', { reason: z.prettifyError(parsed.error) });
  const { splitter_name: name, params, splitted_indexes: chosen } = parsed.data;
  if (chosen) {
    const { train_indexes, test_indexes, val_indexes: validation_indexes } = chosen;
    return { partitioning: 'holdout', splits: [checked({ train_indexes, validation_indexes, test_indexes }, rows)] };
  }
  const splitter = registry.find(name, 'splitter');
  return {
    partitioning: splitter.partitioning,
    splits: splitter.split(rows, classes, parametersFor(splitter, params)),
  };
}

function checked(split: SplitIndexes, rows: number): SplitIndexes {
  if (split.train_indexes.length === 0) throw new AppError('split-empty-part', { part: 'train' });
  const partOf = new Map<number, string>();
  for (const part of SPLITS)
    for (const row of split[`${part}_indexes`]) {
      if (row >= rows)
        throw new AppError('splits-invalid', { reason: `row ${row} of ${part}: there are ${rows} rows` });
      const other = partOf.get(row);
      if (other !== undefined)
        throw new AppError('splits-invalid', { reason: `row ${row} is in ${other} and ${part}` });
      partOf.set(row, part);
    }
  return split;
}
