import { parametersFor, registry } from '#components';
import { AppError, type SplitIndexes, type TaskInput } from '#contract';
import { classCodes, column, type Frame, fromRecords, presentLevels, asCategorical, select } from '#frame';

import type { Task, TaskHost } from '../host.js';
import { newTable } from '../new-table.js';
import { fittedModel } from '../runs/answer.js';
import { readRun } from '../runs/run-blob.js';
import type { RunRecord } from '../runs/run-record.js';
import { readSplits } from '../runs/split-blob.js';
import { stoppable } from '../stoppable.js';
import { progressMeter } from '../train/progress-meter.js';
import { RUN_SEED } from '../train/run-trainer.js';
import { parseSplits, splitRows } from '../train/split-rows.js';
import { chosenRows, MOST_EXPLAINED } from './chosen-rows.js';
import { placeExplanation } from './place-explanation.js';

type Input = TaskInput<'explain-rows'>;

/**
 * Explains single answers of a finished run against the rows it learnt from.
 * @throws AppError `component-not-found`, `parameters-invalid`, `model-task-mismatch`, `input-columns-missing`, `no-rows`,
 * `explained-rows-too-many`, `split-empty-part`, `splits-invalid`,
 * `explained-folds-elsewhere` and what predicting throws.
 */
export const explainRows: Task<'explain-rows'> = async (
  { stateKey, training, asked, explainer: choice, targetKey },
  host,
) => {
  const explainer = registry.find(choice.component, 'local-explainer');
  const params = parametersFor(explainer, choice.params);
  const record = await readRun(host.storage, stateKey);
  if (!explainer.tasks.includes(record.task))
    throw new AppError('model-task-mismatch', { model: explainer.name, task: record.task });
  host.progress(0, 'loading-data');
  const splits = await readSplits(host.storage, training.splitsKey);
  const rows = 'records' in asked ? typed(record, asked.records) : await read(record, asked, splits, host);
  const context = { seed: RUN_SEED, tick: host.tick, parallel: host.parallel };
  const model = fittedModel(record, context);
  const folder = await host.storage.materialise(training.tableKey);
  const learnt = await stoppable(host, (signal) =>
    host.tables.readFrame(folder, { columns: [...model.inputs], rows: splits.train_indexes, signal }),
  );
  const meter = progressMeter(host);
  meter.say(0.05, 'explaining');
  const { explanation, artifacts } = explainer.explain(model, learnt, select(rows, model.inputs), params, {
    ...context,
    tick: meter.within([0.05, 0.95]),
  });
  meter.say(0.95, 'saving-results');
  await newTable(host, targetKey, (target, signal) => host.tables.writeFrame(rows, target, { signal }));
  return { explanation, artifacts: placeExplanation(artifacts) };
};

function typed({ inputTypes }: RunRecord, records: Extract<Input['asked'], { records: unknown }>['records']): Frame {
  if (records.length === 0) throw new AppError('no-rows');
  if (records.length > MOST_EXPLAINED)
    throw new AppError('explained-rows-too-many', { count: records.length, most: MOST_EXPLAINED });
  const names = Object.keys(inputTypes);
  requireColumns(names.filter((name) => !records.some((row) => Object.hasOwn(row, name))));
  return fromRecords(records, inputTypes);
}

async function read(
  record: RunRecord,
  { tableKey, rows, splits }: Exclude<Input['asked'], { records: unknown }>,
  own: SplitIndexes,
  host: TaskHost,
): Promise<Frame> {
  const folder = await host.storage.materialise(tableKey);
  const { columns, rows: rowCount } = await host.tables.readMeta(folder);
  const known = new Set(columns.map(({ name }) => name));
  requireColumns(Object.keys(record.inputTypes).filter((name) => !known.has(name)));
  const whole = 'rowIndexes' in rows || (splits !== null && rows.part === 'all');
  const parts = whole ? null : splits === null ? own : await dividedAnew(record, { folder, splits, rowCount }, host);
  const chosen = chosenRows(rows, parts, rowCount);
  return stoppable(host, (signal) => host.tables.readFrame(folder, { rows: chosen, signal }));
}

/** The session's way of dividing rows, applied to another table. Folds and row numbers chosen by hand mean nothing there. */
async function dividedAnew(
  { classes, output }: RunRecord,
  { folder, splits, rowCount }: { folder: string; splits: Readonly<Record<string, unknown>>; rowCount: number },
  host: TaskHost,
): Promise<SplitIndexes> {
  const read = parseSplits(splits);
  if (read.chosen) throw new AppError('splits-invalid', { reason: 'splitted_indexes' });
  const target =
    classes &&
    asCategorical(
      column(
        await stoppable(host, (signal) => host.tables.readFrame(folder, { columns: [output.name], signal })),
        output.name,
      ),
    );
  const codes = target && classCodes({ rows: rowCount, columns: [target] }, target.name, presentLevels(target));
  const { partitioning, division } = splitRows(read, rowCount, {
    classes: codes,
    groupsOf: () => {
      throw new AppError('explained-folds-elsewhere');
    },
  });
  if (partitioning !== 'holdout') throw new AppError('explained-folds-elsewhere');
  return {
    train_indexes: [...division.train.list()],
    validation_indexes: [...division.validation.list()],
    test_indexes: [...division.test.list()],
  };
}

function requireColumns(missing: readonly string[]): void {
  if (missing.length > 0) throw new AppError('input-columns-missing', { columns: missing.join(', ') });
}
