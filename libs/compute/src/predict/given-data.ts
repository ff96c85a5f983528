import { AppError, type ColumnTypes, type PredictionData, type Records, type SemanticType } from '#contract';
import { type Column, isNumericType, numericColumn, textColumn, toNumber, toWord, typeEntry } from '#frame';

import type { TaskHost } from '../host.js';
import { stoppable } from '../stoppable.js';

/** Rows to predict, their columns named but not yet read. */
export interface GivenData {
  readonly rows: number;
  /** In their order; rows typed by hand have no types. */
  readonly columns: readonly { readonly name: string; readonly type: SemanticType | null }[];
  /** These columns, in this order. */
  read(names: readonly string[]): Promise<readonly Column[]>;
}

/** The rows of a table, or those typed by hand. @throws AppError `no-rows`. */
export async function givenData(
  source: PredictionData['source'],
  expected: ColumnTypes,
  host: TaskHost,
): Promise<GivenData> {
  if ('records' in source) return ofRecords(source.records, expected);
  const folder = await host.storage.materialise(source.tableKey);
  const meta = await host.tables.readMeta(folder);
  const rows = source.rowIndexes ?? undefined;
  const count = rows?.length ?? meta.rows;
  if (count === 0) throw new AppError('no-rows');
  return {
    rows: count,
    columns: meta.columns.map(({ name, type }) => ({ name, type: type.type })),
    read: async (names) => {
      if (names.length === 0) return [];
      const frame = await stoppable(host, (signal) => host.tables.readFrame(folder, { columns: names, rows, signal }));
      return frame.columns;
    },
  };
}

function ofRecords(records: Records, expected: ColumnTypes): GivenData {
  if (records.length === 0) throw new AppError('no-rows');
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const cells = (name: string): unknown[] =>
    records.map((record) => (Object.hasOwn(record, name) ? record[name] : null));
  return {
    rows: records.length,
    columns: names.map((name) => ({ name, type: null })),
    read: (wanted) => Promise.resolve(wanted.map((name) => looseColumn(name, cells(name), expected))),
  };
}

/** Values as JSON has them: numbers where all are, else text, so that what is wrong can be counted and not only refused. */
function looseColumn(name: string, values: readonly unknown[], expected: ColumnTypes): Column {
  const type = expected[name]?.type;
  const asNumbers = type === undefined || isNumericType(type);
  const plain = values.every((value) => value === null || typeof value === 'number' || typeof value === 'boolean');
  if (asNumbers && plain)
    return numericColumn(
      name,
      values.map((value) => toNumber(value) ?? NaN),
    );
  return textColumn(name, values.map(toWord), typeEntry('Text'));
}
