import { z } from 'zod';

import {
  AppError,
  type ComponentChoice,
  type LocalText,
  phrase,
  refusalText,
  type SplitIndexes,
  SPLITS,
} from '#contract';
import {
  type ComponentOf,
  type Division,
  divisionWithin,
  parametersFor,
  registry,
  rowSet,
  type RowSet,
} from '#components';

const Rows = z.array(z.int().min(0));
/** The normalised splits payload: a splitter with its parameters, or row numbers that were chosen by hand. */
const Payload = z.object({
  splitter_name: z.string(),
  params: z.record(z.string(), z.unknown()).default({}),
  splitted_indexes: z.object({ train_indexes: Rows, test_indexes: Rows, val_indexes: Rows }).nullish(),
});

/** A splits payload that was read. */
export interface Splits extends ComponentChoice {
  /** Row numbers chosen by hand, which go before the splitter. */
  readonly chosen: SplitIndexes | null;
}

/** How the rows are divided, and whether by folds. */
export interface Divided {
  readonly partitioning: 'holdout' | 'folds';
  readonly division: Division;
}

/** What rows may be divided by: the encoded target when it has classes, and the groups of a column. */
export interface Labels {
  readonly classes: Int32Array | null;
  /** Numbers of the groups of a column. @throws AppError `column-not-found`, `missing-values`. */
  readonly groupsOf: (column: string) => Int32Array;
}

/** Columns beside the session's own that a way of dividing rows goes by. @throws AppError as {@link splitRows}. */
export function groupColumns(choices: readonly ComponentChoice[]): string[] {
  return choices.flatMap(({ component, params }) => {
    const name = groupColumn(registry.find(component, 'splitter'), params);
    return name === null ? [] : [name];
  });
}

/** Reads the session's splits payload, once. @throws AppError `splits-invalid` {reason}. */
export function parseSplits(payload: Readonly<Record<string, unknown>>): Splits {
  const parsed = Payload.safeParse(payload);
  if (!parsed.success) throw new AppError('splits-invalid', { reason: refusalText(Payload, payload) });
  const { splitter_name: component, params, splitted_indexes: given } = parsed.data;
  const { train_indexes = [], val_indexes: validation_indexes = [], test_indexes = [] } = given ?? {};
  return { component, params, chosen: given ? { train_indexes, validation_indexes, test_indexes } : null };
}

function groupColumn(
  { groupParam }: ComponentOf<'splitter'>,
  params: Readonly<Record<string, unknown>>,
): string | null {
  const name = groupParam && params[groupParam];
  return typeof name === 'string' && name !== '' ? name : null;
}

/**
 * Divides the rows of a table as the session's splits say.
 * @throws AppError `splits-invalid` {reason} for row numbers that are out of range or in two parts; `split-empty-part` {part};
 * `splitter-rows-too-many` {splitter, rows, most}; `component-not-found`; `parameters-invalid`.
 */
export function splitRows({ component, params, chosen }: Splits, rows: number, { classes, groupsOf }: Labels): Divided {
  if (chosen) {
    const split = checked(chosen, rows);
    const [train, validation, test] = SPLITS.map((part) => rowSet(split[`${part}_indexes`]));
    return { partitioning: 'holdout', division: { train: train!, validation: validation!, test: test!, folds: [] } };
  }
  const splitter = registry.find(component, 'splitter');
  const { mostRows = Infinity } = splitter;
  if (rows > mostRows) throw new AppError('splitter-rows-too-many', { splitter: component, rows, most: mostRows });
  const by = groupColumn(splitter, params);
  return {
    partitioning: splitter.partitioning,
    division: splitter.split(rows, classes, parametersFor(splitter, params), by === null ? null : groupsOf(by)),
  };
}

/**
 * How the training rows of a fold are divided once more. @throws AppError `component-not-found`, `parameters-invalid`,
 * `splits-invalid` when it is not a splitter by folds; the function it answers throws as splitters do.
 */
export function innerDivision(choice: ComponentChoice, { classes, groupsOf }: Labels): (rows: RowSet) => Division {
  const splitter = registry.find(choice.component, 'splitter');
  if (splitter.partitioning !== 'folds') throw new AppError('splits-invalid', { reason: splitter.name });
  const params = parametersFor(splitter, choice.params);
  const by = groupColumn(splitter, choice.params);
  const groups = by === null ? null : groupsOf(by);
  return (rows) => {
    const own = (labels: Int32Array | null): Int32Array | null => labels && rows.list().map((row) => labels[row]!);
    return divisionWithin(rows, splitter.split(rows.count, own(classes), params, own(groups)));
  };
}

function checked(split: SplitIndexes, rows: number): SplitIndexes {
  if (split.train_indexes.length === 0) throw new AppError('split-empty-part', { part: 'train' });
  const partOf = new Map<number, string>();
  for (const part of SPLITS)
    for (const row of split[`${part}_indexes`]) {
      if (row >= rows)
        throw new AppError('splits-invalid', { reason: phrase(SPLIT_TEXTS.noSuchRow, { row, part, rows }) });
      const other = partOf.get(row);
      if (other !== undefined)
        throw new AppError('splits-invalid', { reason: phrase(SPLIT_TEXTS.twice, { row, part, other }) });
      partOf.set(row, part);
    }
  return split;
}

const SPLIT_TEXTS = {
  noSuchRow: {
    en: 'row {row} of {part}: there are {rows} rows',
    es: 'fila {row} de {part}: hay {rows} filas',
    pt: 'linha {row} de {part}: há {rows} linhas',
    de: 'Zeile {row} von {part}: es gibt {rows} Zeilen',
    zh: '{part} 的第 {row} 行：共有 {rows} 行',
  },
  twice: {
    en: 'row {row} is in {other} and in {part}',
    es: 'la fila {row} está en {other} y en {part}',
    pt: 'a linha {row} está em {other} e em {part}',
    de: 'Zeile {row} steht in {other} und in {part}',
    zh: '第 {row} 行同时在 {other} 和 {part} 中',
  },
} as const satisfies Record<string, LocalText>;
