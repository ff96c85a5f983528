import { type GroupedDraft, type Outcome, parametersFor, registry } from '#components';
import { AppError, type LocalText, type SplitName, SPLITS } from '#contract';
import { type Frame, numericTarget, select, takeRows } from '#frame';
import { type FitContext, matrix, type Matrix } from '#linalg';

import { placeExplanation } from '../explain/place-explanation.js';
import type { Task } from '../host.js';
import { encodeRows, numbersOf, probabilitiesOf } from '../runs/answer.js';
import { readRun } from '../runs/run-blob.js';
import type { RunRecord } from '../runs/run-record.js';
import { readSplits } from '../runs/split-blob.js';
import { stoppable } from '../stoppable.js';
import { progressMeter } from '../train/progress-meter.js';
import { RUN_SEED } from '../train/run-trainer.js';
import { scoredClasses } from '../train/target.js';

/** Rows that are encoded at a time, so that memory stays bounded. */
const BLOCK_ROWS = 50_000;
const TITLES: Readonly<Record<SplitName, LocalText>> = {
  train: { en: 'Train', es: 'Entrenamiento', pt: 'Treino', de: 'Training', zh: '训练' },
  validation: { en: 'Validation', es: 'Validación', pt: 'Validação', de: 'Validierung', zh: '验证' },
  test: { en: 'Test', es: 'Prueba', pt: 'Teste', de: 'Test', zh: '测试' },
};

/**
 * Reports on a finished run, a group for each part of its rows that has something to show.
 * @throws AppError `component-not-found`, `parameters-invalid`, `model-task-mismatch`, `report-empty` {name} and what predicting throws.
 */
export const reportRun: Task<'report-run'> = async (
  { tableKey, stateKey, splitsKey, report: choice, history },
  host,
) => {
  const report = registry.find(choice.component, 'report');
  const params = parametersFor(report, choice.params);
  const record = await readRun(host.storage, stateKey);
  if (!report.tasks.includes(record.task))
    throw new AppError('model-task-mismatch', { model: report.name, task: record.task });
  const meter = progressMeter(host);
  meter.say(0, 'loading-data');
  const splits = await readSplits(host.storage, splitsKey);
  const folder = await host.storage.materialise(tableKey);
  const columns = [...new Set([...Object.keys(record.inputTypes), record.output.name])];
  const context: FitContext = { seed: RUN_SEED, tick: host.tick, parallel: host.parallel };
  const parts = SPLITS.filter((part) => splits[`${part}_indexes`].length > 0);
  const groups: GroupedDraft['groups'][number][] = [];
  for (const [at, part] of parts.entries()) {
    const rows = splits[`${part}_indexes`];
    const frame = await stoppable(host, (signal) => host.tables.readFrame(folder, { columns, rows, signal }));
    meter.say(0.1 + (0.9 * at) / parts.length, 'predicting');
    const outcome = outcomeOf(record, frame, context);
    const seen = history.filter(({ split }) => split === part);
    const artifacts = report.compute({ part, outcome, history: seen }, params);
    if (artifacts.length > 0) groups.push({ title: TITLES[part], artifacts });
  }
  if (groups.length === 0) throw new AppError('report-empty', { name: report.name });
  return { artifacts: placeExplanation([{ type: 'grouped', title: null, groups }]) };
};

function outcomeOf(record: RunRecord, frame: Frame, context: FitContext): Outcome {
  const { classes, output } = record;
  const inputs = select(frame, Object.keys(record.inputTypes));
  if (!classes) {
    const predicted = new Float64Array(frame.rows);
    eachBlock(inputs, (block, start) => predicted.set(numbersOf(record, encodeRows(record, block), context), start));
    return { answers: 'numbers', output: output.name, truth: numericTarget(frame, output.name), predicted };
  }
  const probabilities: Matrix = matrix(frame.rows, classes.length);
  eachBlock(inputs, (block, start) => {
    const { rows, data } = probabilitiesOf(record, encodeRows(record, block), context);
    for (let k = 0; k < classes.length; k++)
      probabilities.data.set(data.subarray(k * rows, (k + 1) * rows), k * frame.rows + start);
  });
  return { answers: 'classes', ...scoredClasses(select(frame, [output.name]), classes, probabilities) };
}

function eachBlock(frame: Frame, work: (block: Frame, start: number) => void): void {
  for (let start = 0; start < frame.rows; start += BLOCK_ROWS) {
    const count = Math.min(BLOCK_ROWS, frame.rows - start);
    work(
      count === frame.rows
        ? frame
        : takeRows(
            frame,
            Array.from({ length: count }, (_, row) => start + row),
          ),
      start,
    );
  }
}
