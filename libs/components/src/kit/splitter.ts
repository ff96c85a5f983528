import type { Fields, ParamsOf } from '#contract';

import type { ComponentBase } from './component.js';

/** Some rows of a table. Its numbers, which rise, are listed when asked for: a hundred folds cost what one costs. */
export interface RowSet {
  readonly count: number;
  list(): Int32Array;
}
/** Rows to learn from, and rows to judge by. */
export interface Fold {
  readonly train: RowSet;
  readonly validation: RowSet;
}
/** Rows in parts, of which no row is in two. Under folds, `train` is all they are made of and `validation` is empty. */
export interface Division extends Fold {
  readonly test: RowSet;
  /** Repetition by repetition; empty for a holdout. */
  readonly folds: readonly Fold[];
}

/** Divides row numbers into parts. */
export interface Splitter<P extends Fields = Fields> extends ComponentBase<P> {
  readonly kind: 'splitter';
  readonly tasks: readonly string[];
  readonly partitioning: 'holdout' | 'folds';
  /** Splitters by folds that may divide the training rows of a fold once more. */
  readonly inner?: readonly string[];
  /** The parameter that names the column whose equal values stay together; the column is then read. */
  readonly groupParam?: keyof P & string;
  /** The most rows it divides, for one whose folds grow with them. */
  readonly mostRows?: number;
  /**
   * `groups` are numbers of the groups of {@link groupParam}. `classes` is the encoded target when there is one to stratify by.
   * @throws AppError `splits-invalid` {reason}, `split-empty-part` {part}, `folds-too-many` {folds, rows}, `groups-too-few`
   * {folds, groups}, `group-column-missing`.
   */
  split(rows: number, classes: Int32Array | null, params: ParamsOf<P>, groups: Int32Array | null): Division;
}

/** Declares a splitter. */
export function defineSplitter<const P extends Fields>(definition: Omit<Splitter<P>, 'kind'>): Splitter {
  return { kind: 'splitter', ...definition } as unknown as Splitter;
}

/** These rows, sorted. */
export function rowSet(rows: ArrayLike<number>): RowSet {
  const list = Int32Array.from(rows).sort();
  return { count: list.length, list: () => list };
}

/** The same parts of other rows: row i of the division is then the i-th of these. */
export function divisionWithin(rows: RowSet, division: Division): Division {
  const moved = (part: RowSet): RowSet => ({
    count: part.count,
    list() {
      const all = rows.list();
      return part.list().map((row) => all[row]!);
    },
  });
  const fold = ({ train, validation }: Fold): Fold => ({ train: moved(train), validation: moved(validation) });
  return { ...fold(division), test: moved(division.test), folds: division.folds.map(fold) };
}
