import { z } from 'zod';

import { AppError, type ComponentChoice, type SplitIndexes, SPLITS } from '#contract';
import { type Division, divisionWithin, parametersFor, registry, rowSet, type RowSet } from '#components';

const Rows = z.array(z.int().min(0));
/** The normalised splits payload: a splitter with its parameters, or row numbers that were chosen by hand. */
const Splits = z.object({
  splitter_name: z.string(),
  params: z.record(z.string(), z.unknown()).default({}),
  splitted_indexes: z.object({ train_indexes: Rows, test_indexes: Rows, val_indexes: Rows }).nullish(),
});

/** How the rows are divided, and whether by folds. */
export interface Divided {
  readonly partitioning: 'holdout' | 'folds';
  readonly division: Division;
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
): Divided {
  const parsed = Splits.safeParse(payload);
  if (!parsed.success) throw new AppError('splits-invalid', { reason: z.prettifyError(parsed.error) });
  const { splitter_name: name, params, splitted_indexes: chosen } = parsed.data;
  if (chosen) {
    const { train_indexes, test_indexes, val_indexes: validation_indexes } = chosen;
    const split = checked({ train_indexes, validation_indexes, test_indexes }, rows);
    const [train, validation, test] = SPLITS.map((part) => rowSet(split[`${part}_indexes`]));
    return { partitioning: 'holdout', division: { train: train!, validation: validation!, test: test!, folds: [] } };
  }
  const splitter = registry.find(name, 'splitter');
  return {
    partitioning: splitter.partitioning,
    division: splitter.split(rows, classes, parametersFor(splitter, params)),
  };
}

/**
 * How the training rows of a fold are divided once more. @throws AppError `component-not-found`, `parameters-invalid`,
 * `splits-invalid` when it is not a splitter by folds; the function it answers throws as splitters do.
 */
export function innerDivision(choice: ComponentChoice, classes: Int32Array | null): (rows: RowSet) => Division {
  const splitter = registry.find(choice.component, 'splitter');
  if (splitter.partitioning !== 'folds') throw new AppError('splits-invalid', { reason: splitter.name });
  const params = parametersFor(splitter, choice.params);
  return (rows) =>
    divisionWithin(rows, splitter.split(rows.count, classes && rows.list().map((row) => classes[row]!), params));
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
