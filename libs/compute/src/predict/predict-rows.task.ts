import { AppError, type TaskInput, type TaskOutput } from '#contract';
import { freeName } from '#components';
import {
  categoricalColumn,
  cellAt,
  type Column,
  createFrame,
  decodeClasses,
  type Frame,
  numericColumn,
  typeEntry,
} from '#frame';

import type { Task, TaskHost } from '../host.js';
import { newTable } from '../new-table.js';
import { readRun } from '../runs/run-blob.js';
import type { RunRecord } from '../runs/run-record.js';
import { stoppable } from '../stoppable.js';
import { acceptedInputs, fitData } from './fit-data.js';
import { type GivenData, givenData } from './given-data.js';
import { type Predicted, predictBlocks } from './predict-blocks.js';

type Input = TaskInput<'predict-rows'>;

/** Predicts rows of a table or rows typed by hand, into a new table or straight back. */
export const predictRows: Task<'predict-rows'> = async (input, host) => {
  const { stateKey, source, targetKey, policy, training, probabilities = false } = input;
  host.progress(0, 'loading-data');
  const record = await readRun(host.storage, stateKey);
  if (probabilities && !record.classes) throw new AppError('probabilities-unavailable', { model: record.model });
  const given = await givenData(source, record.inputTypes, host);
  const fitted = await fitData(record, given, { ...(policy && { policy }), ...(training && { training }) }, host);
  const inputs = acceptedInputs(fitted);
  const predicted = predictBlocks(record, inputs, { probabilities }, host);
  const answers = answerColumns(record, predicted, given);
  host.progress(0.8, 'saving-results');
  const names = answers.map(({ name }) => name);
  const answer = { rowCount: given.rows, findings: fitted.findings };
  if (targetKey === null) {
    const all = createFrame([...inputs.columns, ...answers], given.rows);
    return { ...answer, columns: all.columns.map(({ name }) => name), rows: rowsOf(all) };
  }
  const kept = given.columns.map(({ name }) => name).filter((name) => name !== record.output.name);
  await newTable(host, targetKey, (folder, signal) =>
    writeAnswers(input, { inputs, answers, kept, host, folder, signal }),
  );
  return { ...answer, columns: [...kept, ...names], rows: [] };
};

interface Writing {
  readonly inputs: Frame;
  readonly answers: readonly Column[];
  /** Columns of the data that stay, in their order. */
  readonly kept: readonly string[];
  readonly host: TaskHost;
  readonly folder: string;
  readonly signal: AbortSignal;
}

/** The data without the column that was predicted, and the predictions at the end. */
async function writeAnswers({ source }: Input, { inputs, answers, kept, host, folder, signal }: Writing) {
  const { tables, storage } = host;
  if ('records' in source)
    return tables.writeFrame(createFrame([...inputs.columns, ...answers], inputs.rows), folder, { signal });
  const table = await storage.materialise(source.tableKey);
  if (source.rowIndexes !== null) {
    const frame = await stoppable(host, (stop) =>
      tables.readFrame(table, { columns: kept, rows: source.rowIndexes!, signal: stop }),
    );
    return tables.writeFrame(createFrame([...frame.columns, ...answers], inputs.rows), folder, { signal });
  }
  // The engine copies what stays; nothing of it passes through this process's memory.
  const meta = await tables.appendColumns(table, createFrame(answers), folder, { signal });
  const added = new Set(answers.map(({ name }) => name));
  const last = meta.columns.filter(({ name }) => added.has(name));
  const ordered = { ...meta, columns: [...meta.columns.filter(({ name }) => !added.has(name)), ...last] };
  await tables.writeMeta(folder, ordered);
  return ordered;
}

/** The predicted column and, where asked for, `<output>=<class>` with the probability of each class. */
function answerColumns({ output, classes }: RunRecord, predicted: Predicted, given: GivenData): Column[] {
  if (!classes) return [numericColumn(output.name, predicted.values, typeEntry('Float'))];
  const taken = new Set([...given.columns.map(({ name }) => name), output.name]);
  const words = decodeClasses(classes, predicted.values);
  return [
    categoricalColumn(output.name, words, typeEntry('Categorical', classes)),
    ...predicted.probabilities.map((values, k) =>
      numericColumn(freeName(`${output.name}=${classes[k]!}`, taken), values, typeEntry('Float')),
    ),
  ];
}

function rowsOf({ rows, columns }: Frame): TaskOutput<'predict-rows'>['rows'] {
  return Array.from({ length: rows }, (_, row) => columns.map((column) => cellAt(column, row)));
}
