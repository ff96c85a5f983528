import { AppError, type TaskInput, type TaskOutput } from '#contract';
import {
  categoricalColumn,
  cellAt,
  type Column,
  createFrame,
  decodeClasses,
  type Frame,
  fromRecords,
  numericColumn,
  select,
  typeEntry,
} from '#frame';

import type { Task, TaskHost } from '../host.js';
import { newTable } from '../new-table.js';
import { readRun } from '../runs/run-blob.js';
import type { RunRecord } from '../runs/run-record.js';
import { stoppable } from '../stoppable.js';
import { predictBlocks } from './predict-blocks.js';

/** Predicts rows of a table or rows typed by hand, into a new table or straight back. */
export const predictRows: Task<'predict-rows'> = async ({ stateKey, source, targetKey }, host) => {
  host.progress(0, 'loading-data');
  const record = await readRun(host.storage, stateKey);
  const given = await readSource(record, source, host);
  if (given.rows === 0) throw new AppError('no-rows');
  const { values, unseen } = predictBlocks(record, select(given, Object.keys(record.inputTypes)), host);
  const predicted = outputColumn(record, values);
  const kept = given.columns.filter(({ name }) => name !== predicted.name);
  const answered = createFrame([...kept, predicted], given.rows);
  host.progress(0.8, 'saving-results');
  const answer = { columns: answered.columns.map(({ name }) => name), rowCount: given.rows, unseen };
  if (targetKey === null) return { ...answer, rows: rowsOf(answered) };
  await newTable(host, targetKey, (folder, signal) => host.tables.writeFrame(answered, folder, { signal }));
  return { ...answer, rows: [] };
};

function outputColumn({ output, classes }: RunRecord, values: Float64Array): Column {
  if (!classes) return numericColumn(output.name, values, typeEntry('Float'));
  return categoricalColumn(output.name, decodeClasses(classes, values), typeEntry('Categorical', classes));
}

/** @throws AppError `input-columns-missing` {columns}. */
async function readSource(
  record: RunRecord,
  source: TaskInput<'predict-rows'>['source'],
  host: TaskHost,
): Promise<Frame> {
  const inputs = Object.keys(record.inputTypes);
  if ('records' in source) {
    const { records } = source;
    if (records.length === 0) throw new AppError('no-rows');
    requireColumns(inputs.filter((name) => !records.some((row) => Object.hasOwn(row, name))));
    return fromRecords(records, record.inputTypes);
  }
  const folder = await host.storage.materialise(source.tableKey);
  const rows = source.rowIndexes ?? undefined;
  const frame = await stoppable(host, (signal) => host.tables.readFrame(folder, { rows, signal }));
  requireColumns(inputs.filter((name) => !frame.columns.some((column) => column.name === name)));
  return frame;
}

function requireColumns(missing: readonly string[]): void {
  if (missing.length > 0) throw new AppError('input-columns-missing', { columns: missing.join(', ') });
}

function rowsOf({ rows, columns }: Frame): TaskOutput<'predict-rows'>['rows'] {
  return Array.from({ length: rows }, (_, row) => columns.map((column) => cellAt(column, row)));
}
