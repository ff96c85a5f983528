import type { ColumnType, ReadPlan } from '#contract';

import type { Cell } from '#frame';

import { openArff } from '../arff/open-arff.js';
import { openArrow } from '../arrow/open-arrow.js';
import { openCsv } from '../csv/open-csv.js';
import type { Engine } from '../engine/engine.js';
import { openExcel } from '../excel/open-excel.js';
import { openImages } from '../images/open-images.js';
import { openJson } from '../json/open-json.js';
import { openParquet } from '../parquet/open-parquet.js';
import type { TableNote } from '../table-meta.js';
import type { ColumnReading } from '../types/column-sql.js';
import { inferColumn, type Hints, type Inference } from '../types/infer-types.js';

import { openRows } from './open-rows.js';
import type { TableBounds } from './table-bounds.js';

/** The first rows of a file, whatever its format; cells are text, null is missing. */
export interface FileHead {
  readonly names: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly notes: readonly TableNote[];
  readonly previewedBytes: number;
  /** How numbers and truth values are written. */
  readonly hints: Hints;
  /** The types the file itself declares, column by column; null for one it says nothing about. */
  readonly native: readonly (ColumnType | null)[] | null;
  /** Types are what the format makes them; a preview shows these rows of so many. */
  readonly fixed?: { readonly rowCount: number; readonly sample: () => Promise<Readonly<Record<string, Cell>>[]> };
  /** What was found out about the file, for people. */
  readonly detected: Readonly<Record<string, string | boolean | number>>;
}

/** What {@link OpenFile.load} made: the rows, the types that held, and remarks. */
export interface LoadedFile {
  readonly rows: number;
  readonly readings: readonly ColumnReading[];
  readonly notes: readonly TableNote[];
}

/** Where a file is loaded to and who is told. */
export interface LoadTarget {
  /** The folder in the making; helper files in it are removed before the load ends. */
  readonly folder: string;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((fraction: number) => void) | undefined;
}

/** A file whose head was read and which can be made a table. */
export interface OpenFile {
  readonly head: FileHead;
  /** Writes `data.parquet`, columns as the readings say. */
  load(readings: readonly ColumnReading[], target: LoadTarget): Promise<LoadedFile>;
}

/** Bounds of what is read. */
export interface ReadLimits extends TableBounds {
  /** Rows of the head. */
  readonly rowLimit: number;
  /** Nothing beyond the head will be asked for. */
  readonly headOnly?: boolean;
}

/**
 * Reads the head of a file as its plan says.
 * @throws AppError as Tables.sniff.
 */
export async function openFile(engine: Engine, path: string, plan: ReadPlan, limits: ReadLimits): Promise<OpenFile> {
  switch (plan.format) {
    case 'csv':
      return openCsv(engine, path, plan, limits);
    case 'parquet':
      return openParquet(engine, path, limits);
    case 'excel':
      return openRows(engine, await openExcel(path, plan, limits), limits);
    case 'json':
      return openRows(engine, await openJson(path, plan, limits), limits);
    case 'arff':
      return openRows(engine, await openArff(path, limits), limits);
    case 'arrow':
      return openRows(engine, await openArrow(path, limits), limits);
    case 'images':
      return openImages(engine, path, limits);
  }
}

/** What the first rows say about each column, in order. */
export function inferHead(head: FileHead): Inference[] {
  return head.names.map((_, index) =>
    inferColumn(
      head.rows.map((row) => row[index] ?? null),
      head.hints,
    ),
  );
}

/** What the file itself declares, and by the first rows what it does not. */
export function declaredHead(head: FileHead): Inference[] {
  return inferHead(head).map((inference, index) => {
    const type = head.native?.[index];
    if (!type) return inference;
    const reason = { rule: 'declared', confidence: 1, values: [] } as const;
    return { ...inference, type, straight: type, reason, truth: type.type === 'Categorical' ? inference.truth : null };
  });
}
