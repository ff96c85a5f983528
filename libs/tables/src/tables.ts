import type { Readable } from 'node:stream';

import type { ColumnTypes, ReadPlan, TypeChange } from '#contract';
import type { Cell, Frame } from '#frame';

import type { RowChange } from './columns/change-rows.js';
import type { GridFilter, GridSort } from './grid/grid-query.js';
import type { StoredImage } from './images/image-store.js';
import type { PlainRow } from './rows/export-parquet.js';
import type { TableInfo } from './profile/table-info.js';
import type { TableMeta, TableNote } from './table-meta.js';
import type { TypeReason } from './types/infer-types.js';
import type { TypeChangeVerdict } from './types/type-changes.js';

/** Work that ends when the signal does; what it had written is removed. */
export interface Cancellable {
  readonly signal?: AbortSignal | undefined;
}

/** The answer of a preview; the first six keys are the wire's, the rest says how they were found. */
export interface FilePreview {
  /** At most 100 rows as they will be stored. */
  readonly sample: readonly Readonly<Record<string, Cell>>[];
  /** Types by what the parser alone would say. */
  readonly schema: ColumnTypes;
  readonly inferred_types: ColumnTypes;
  readonly preview_row_count: number;
  readonly types_inferred: boolean;
  readonly previewed_bytes: number;
  /** Column → why it has its type. */
  readonly reasons: Readonly<Record<string, TypeReason>>;
  /** What was found out about the file: of text its separator, encoding and decimal sign, of a workbook its sheet. */
  readonly detected: Readonly<Record<string, string | boolean | number>>;
  readonly notes: readonly TableNote[];
}

/** What is known about a file beside its plan. */
export interface FileOptions {
  /** The source is a ZIP archive: the first file in it whose name ends so is read. */
  readonly archive?: readonly string[] | undefined;
  /** Rows inference looks at (1,000). */
  readonly rows?: number;
}

/** What to read and where to put it. `types` and `renames` go by the names a preview shows. */
export interface IngestRequest extends Cancellable {
  /** Absolute path of the file. */
  readonly source: string;
  readonly archive?: FileOptions['archive'];
  readonly plan: ReadPlan;
  /**
   * Types asked for. One that only repeats what inference says may fall back to another when late rows disagree (with a note); one
   * that differs is a choice, and rows that do not fit it are an error.
   */
  readonly types?: ColumnTypes | undefined;
  readonly renames?: Readonly<Record<string, string>> | undefined;
  /** Folder of the new table. */
  readonly target: string;
  /** Rows inference looks at; must be the preview's number for `types` to be recognised as inferred. */
  readonly inferenceRows?: number | undefined;
  /** Fraction in 0–1, a few times a second. */
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** A page of rows and how many there are in all. */
export interface Page {
  readonly rows: readonly Readonly<Record<string, Cell>>[];
  readonly total: number;
}

/** How many values a column has, and its most frequent ones with their numbers of rows; missing cells are no value. */
export interface ValueCounts {
  readonly distinct: number;
  readonly values: readonly { readonly value: Cell; readonly rows: number }[];
}

/** Which columns and rows to read; absent means all. Row numbers start at 0 and keep their order, also when repeated. */
export interface FrameRequest extends Cancellable {
  readonly columns?: readonly string[] | undefined;
  readonly rows?: { readonly start: number; readonly count: number } | ArrayLike<number> | undefined;
}

/**
 * Data sets on disk. A table is a folder with `data.parquet` and `meta.json`; every function takes absolute folder paths below the
 * directories the engine was opened for. Nothing is changed in place: a new file takes the old one's name, so readers see the old
 * table or the new one. All may throw AppError `not-found` for a folder without a table, `cancelled` and `out-of-memory`.
 */
export interface Tables {
  /**
   * Reads the head of a file and infers types over its first `rows` rows (1,000); with `nativeTypes` the types a file itself declares
   * (ARFF, Parquet, Arrow) are taken instead.
   * @throws AppError as {@link Tables.ingest}, for what the head shows.
   */
  preview(source: string, plan: ReadPlan, options?: FileOptions & { nativeTypes?: boolean }): Promise<FilePreview>;
  /** Judges type changes on the first `rows` rows (1,000). @throws AppError as {@link Tables.preview}. */
  checkTypeChanges(
    source: string,
    plan: ReadPlan,
    changes: Readonly<Record<string, TypeChange>>,
    options?: FileOptions,
  ): Promise<TypeChangeVerdict>;
  /**
   * Reads a file into a new table; a failed or cancelled one leaves nothing behind. Without `types` those the file declares hold, and
   * inference for the rest.
   * @throws AppError `file-empty`, `file-not-tabular`, `file-encoding-wrong`, `file-ragged`, `quote-unclosed`, `row-too-large`,
   * `too-many-columns`, `table-too-large`, `no-rows`, `column-names-wrong`, `columns-duplicated`, `column-not-found`, `values-not-convertible`,
   * `conversion-unsupported`, `too-many-categories`, `sheet-not-found`, `line-wrong`,
   * `record-wrong`, `records-not-found`, `file-damaged`, `file-encrypted`, `compression-unsupported`, `format-too-large`, `text-unstorable`, and for archives
   * `archive-name-refused`, `archive-too-large`, `archive-too-many-files`, `archive-without-file`.
   */
  ingest(request: IngestRequest): Promise<TableMeta>;

  readMeta(folder: string): Promise<TableMeta>;
  /** Replaces the description atomically; the caller keeps it true to the data. */
  writeMeta(folder: string, meta: TableMeta): Promise<void>;
  rowCount(folder: string): Promise<number>;
  /**
   * Every statistic of `GET …/info`, or with `full: false` only names and missing cells. Does not store it.
   */
  profile(folder: string, options?: Cancellable & { full?: boolean }): Promise<TableInfo>;

  /**
   * The `most` most frequent values of a column, equally frequent ones in order. @throws AppError `column-not-found`, also for pictures.
   */
  countValues(folder: string, column: string, most: number, options?: Cancellable): Promise<ValueCounts>;

  /** Rows by position, by a direct seek. */
  page(folder: string, range: { offset: number; limit: number }, options?: Cancellable): Promise<Page>;
  /** A page (numbered from 0) of the rows that pass the filter, in the order of the sort. Items on unknown columns are ignored. */
  filterPage(
    folder: string,
    query: { filter?: GridFilter | undefined; sort?: GridSort | undefined; page: number; pageSize: number },
    options?: Cancellable,
  ): Promise<Page>;
  /** The first `count` rows (10), column by column. */
  sample(folder: string, count?: number): Promise<Record<string, Cell[]>>;
  /**
   * UTF-8 CSV of the rows that pass, header first. Text cells that a spreadsheet would run as a formula get a leading apostrophe;
   * numbers stay numbers; binary columns are left out.
   */
  exportCsv(
    folder: string,
    query?: { filter?: GridFilter | undefined; sort?: GridSort | undefined },
    options?: Cancellable,
  ): Promise<Readable>;

  /** Whether a table has pictures whose bytes are there; of tables made from it by converters only thumbnails are. */
  hasImages(folder: string): Promise<boolean>;
  /** The picture of a row as it was uploaded. @throws AppError `not-found`. */
  readImage(folder: string, row: number): Promise<StoredImage>;
  /** The pictures of the rows that pass as a ZIP archive, in folders by label. The table {@link Tables.hasImages}. */
  exportImages(
    folder: string,
    query?: { filter?: GridFilter | undefined; sort?: GridSort | undefined },
    options?: Cancellable,
  ): Promise<Readable>;

  /** @throws AppError `column-not-found`, `column-exists`, `column-rename-invalid`. */
  renameColumn(folder: string, from: string, to: string): Promise<TableMeta>;
  copyTable(source: string, target: string): Promise<void>;
  /** A table at `target` without these columns. @throws AppError `column-not-found`. */
  dropColumns(folder: string, columns: readonly string[], target: string, options?: Cancellable): Promise<TableMeta>;
  /** A table at `target` with the frame's columns at the end, replacing those of the same name. The frame has as many rows. */
  appendColumns(folder: string, frame: Frame, target: string, options?: Cancellable): Promise<TableMeta>;

  /**
   * A table at `target` with the rows of these numbers (rising) and then the added ones. Columns the added rows lack have no value
   * there; row numbers or columns the table does not have are a RangeError or `column-not-found`.
   */
  changeRows(folder: string, change: RowChange, target: string, options?: Cancellable): Promise<TableMeta>;

  /** Stores a frame as a table at `folder`. */
  writeFrame(
    frame: Frame,
    folder: string,
    options?: Cancellable & { notes?: readonly TableNote[] },
  ): Promise<TableMeta>;
  /** Reads columns onto shared memory. @throws AppError `column-not-found`. */
  readFrame(folder: string, request?: FrameRequest): Promise<Frame>;

  /**
   * Rows that come page by page as a Parquet file: numbers as DOUBLE, texts, truth values, lists of them; what is mixed or nested as its
   * JSON text. `first` names columns that are there whatever the rows hold, all of numbers.
   */
  exportParquet(
    pages: AsyncIterable<readonly PlainRow[]>,
    options?: Cancellable & { first?: readonly string[] },
  ): Promise<Readable>;

  /** Ends the engine. Running statements fail. */
  close(): Promise<void>;
}
