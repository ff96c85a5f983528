import { z } from 'zod';

import { AppError, refusalText } from '#contract';
import type { ConverterEntity } from '#persistence';

/**
 * A column as clients name it: by its name, by `idx` counted from 1 (what the real client adds to the name), or by a bare number
 * or `id` counted from 0. The name wins, since numbers move when a step adds or removes columns.
 */
const ColumnRef = z.union([
  z.string(),
  z.looseObject({ columnName: z.string() }).transform(({ columnName }) => columnName),
  z.int(),
  z.looseObject({ idx: z.int() }).transform(({ idx }) => idx - 1),
  z.looseObject({ id: z.int() }).transform(({ id }) => id),
]);
/** A row, counted from 0: the real client offers 0 to rows − 1, by range or by index, and sends the numbers one by one. */
const RowRef = z.union([z.int(), z.looseObject({ id: z.int() }).transform(({ id }) => id)]);

const Stored = z.object({
  params: z.record(z.string(), z.unknown()).nullish(),
  scope: z.looseObject({ columns: z.array(ColumnRef).nullish(), rows: z.array(RowRef).nullish() }).nullish(),
  target: z
    .union([
      z.looseObject({ column: ColumnRef }).transform(({ column }) => column),
      ColumnRef,
      z.strictObject({}).transform(() => ''),
    ])
    .nullish(),
});

/** What a step works on; null means all columns, all rows, no target. */
export interface StepScope {
  readonly params: Readonly<Record<string, unknown>>;
  readonly columns: readonly string[] | null;
  readonly rows: readonly number[] | null;
  readonly target: string | null;
}

/**
 * Reads what a client stored with a step, for a table of these columns. Empty lists mean all, and so does an empty target: none.
 * @throws AppError `parameters-invalid` for what cannot be read, `column-not-found` for a number no column has.
 */
export function stepScope({ parameters }: Pick<ConverterEntity, 'parameters'>, names: readonly string[]): StepScope {
  const given = Stored.safeParse(parameters);
  if (!given.success) {
    const [issue] = given.error.issues;
    const parameter = issue?.path[0] === 'target' ? 'target' : 'scope';
    throw new AppError('parameters-invalid', { parameter, reason: refusalText(Stored, parameters, 1) });
  }
  const { params, scope, target } = given.data;
  const named = (column: string | number): string => {
    const name = typeof column === 'string' ? column : names[column];
    if (name === undefined) throw new AppError('column-not-found', { column });
    return name;
  };
  return {
    params: params ?? {},
    columns: emptyToNull(scope?.columns?.map(named)),
    rows: emptyToNull(scope?.rows),
    target: target == null || target === '' ? null : named(target),
  };
}

const emptyToNull = <T>(list: readonly T[] | null | undefined): readonly T[] | null => (list?.length ? list : null);
