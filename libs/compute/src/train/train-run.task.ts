import { AppError, type SessionPlan, SPLITS } from '#contract';
import type { Division } from '#components';
import { classCodes, asCategorical, column, encodedNames, type Frame, presentLevels } from '#frame';

import { placeArtifacts } from '../explore/place-artifacts.js';
import type { Task, TaskHost } from '../host.js';
import { refuseHoles } from '../runs/refuse-holes.js';
import { writeRun } from '../runs/run-blob.js';
import { sizesOf, wireIndexes, writeSplits } from '../runs/split-blob.js';
import { stoppable } from '../stoppable.js';
import { checkColumns } from './check-columns.js';
import { type Chosen, chooseComponents } from './choose-components.js';
import { progressMeter } from './progress-meter.js';
import { runTrainer } from './run-trainer.js';
import { innerDivision, splitRows } from './split-rows.js';
import { tunedParameters } from './tuned-parameters.js';

/** Trains one run of a session: splits the rows, searches and fits, scores, and stores the fitted run. */
export const trainRun: Task<'train-run'> = async (input, host) => {
  const { session } = input;
  const meter = progressMeter(host);
  meter.say(0, 'loading-data');
  const chosen = chooseComponents(input);
  const { task, model, parameters, search } = chosen;
  const frame = await readColumns(host, input.tableKey, session);
  checkColumns(task, session, frame);
  const { division, codes } = divide(chosen, session, frame);
  const { values, fitted, metrics } = chosen.strategy.evaluate(
    {
      ...runTrainer({ frame, session, model, parameters }, host, meter),
      metrics: session.metrics,
      goalMetric: search.goalMetric,
      trials: search.trials,
      nested: input.nested && innerDivision(input.nested, codes),
      tune: search.tune,
      report: (points) => host.metrics(points),
      progress: meter.say,
    },
    division,
  );
  meter.say(0.98, 'saving-results');
  const types = session.inputColumns.map((name) => [name, column(frame, name).type] as const);
  const record = { version: 1, task: task.name, inputTypes: Object.fromEntries(types), ...fitted } as const;
  await writeRun(host.storage, input.stateKey, record);
  await writeSplits(host.storage, input.splitsKey, division);
  return {
    splitSizes: sizesOf(division),
    splitIndexes: wireIndexes(division),
    metrics,
    parameters: tunedParameters(input.model.params, values),
    plots: search.plots(),
    artifacts: placeArtifacts(model.artifacts?.(fitted.state, encodedNames(fitted.encoder)) ?? []),
  };
};

async function readColumns(host: TaskHost, key: string, session: SessionPlan): Promise<Frame> {
  const columns = [...new Set([...session.inputColumns, ...session.outputColumns])];
  const folder = await host.storage.materialise(key);
  return stoppable(host, (signal) => host.tables.readFrame(folder, { columns, signal }));
}

/** The parts of the table, without holes where the model takes none, and the classes they may be stratified by. */
function divide(
  { task, model, strategy }: Chosen,
  session: SessionPlan,
  frame: Frame,
): { division: Division; codes: Int32Array | null } {
  const outputs = session.outputColumns.map((name) => column(frame, name));
  const target = task.answers === 'classes' ? asCategorical(outputs[0]!) : null;
  const codes = target && classCodes(frame, target.name, presentLevels(target));
  const { partitioning, division } = splitRows(session.splits, frame.rows, codes);
  if (partitioning !== strategy.partitioning)
    throw new AppError('splits-invalid', { reason: `${strategy.name} ≠ ${partitioning}` });
  const parts = SPLITS.map((part) => division[part].list());
  refuseHoles(outputs, parts);
  const inputs = session.inputColumns.map((name) => column(frame, name));
  if (!model.tags?.handlesMissing) refuseHoles(inputs, parts);
  return { division, codes };
}
