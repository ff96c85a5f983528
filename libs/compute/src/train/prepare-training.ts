import { AppError, type SessionPlan, SPLITS, type TrainingPlan } from '#contract';
import type { Division, RowSet, Trainer } from '#components';
import { asCategorical, classCodes, column, type Frame, presentLevels } from '#frame';

import type { TaskHost } from '../host.js';
import { refuseHoles } from '../runs/refuse-holes.js';
import { stoppable } from '../stoppable.js';
import { checkColumns } from './check-columns.js';
import { type Chosen, chooseComponents } from './choose-components.js';
import type { ProgressMeter } from './progress-meter.js';
import { type FittedRun, runTrainer } from './run-trainer.js';
import { groupColumns, innerDivision, type Labels, parseSplits, type Splits, splitRows } from './split-rows.js';

/** Everything that the trials and the evaluation of a run have in common. */
export interface Prepared {
  readonly chosen: Chosen;
  readonly frame: Frame;
  readonly division: Division;
  readonly trainer: Trainer<FittedRun>;
}

/** Reads the columns, divides the rows and checks that the run can be trained on them. */
export async function prepareTraining(input: TrainingPlan, host: TaskHost, meter: ProgressMeter): Promise<Prepared> {
  const { session } = input;
  meter.say(0, 'loading-data');
  const chosen = chooseComponents(input);
  const { task, model, parameters, search } = chosen;
  const splits = parseSplits(session.splits);
  const by = groupColumns([splits, ...(input.nested ? [input.nested] : [])]);
  const frame = await readColumns(host, input.tableKey, session, by);
  checkColumns(task, session, frame);
  const { division, labels } = divide(chosen, session, splits, frame);
  const trainer: Trainer<FittedRun> = {
    ...runTrainer({ frame, session, model, parameters }, host, meter),
    metrics: session.metrics,
    goalMetric: search?.goalMetric ?? null,
    nested: input.nested && once(innerDivision(input.nested, labels)),
    report: (points) => host.metrics(points),
    progress: meter.say,
  };
  return { chosen, frame, division, trainer };
}

/** The same rows divided again are the same rows, so that what was encoded for one trial serves the next. */
function once(divide: (rows: RowSet) => Division): (rows: RowSet) => Division {
  const known = new Map<RowSet, Division>();
  return (rows) => {
    const division = known.get(rows) ?? divide(rows);
    known.set(rows, division);
    return division;
  };
}

async function readColumns(
  host: TaskHost,
  key: string,
  session: SessionPlan,
  groups: readonly string[],
): Promise<Frame> {
  const columns = [...new Set([...session.inputColumns, ...session.outputColumns, ...groups])];
  const folder = await host.storage.materialise(key);
  return stoppable(host, (signal) => host.tables.readFrame(folder, { columns, signal }));
}

/** The parts of the table, without holes where the model takes none, and what they may be divided by. */
function divide(
  { task, model, strategy }: Chosen,
  session: SessionPlan,
  splits: Splits,
  frame: Frame,
): { division: Division; labels: Labels } {
  const outputs = session.outputColumns.map((name) => column(frame, name));
  const target = task.answers === 'classes' ? asCategorical(outputs[0]!) : null;
  const labels: Labels = {
    classes: target && classCodes(frame, target.name, presentLevels(target)),
    groupsOf: (name) => groupsOf(frame, name),
  };
  const { partitioning, division } = splitRows(splits, frame.rows, labels);
  if (partitioning !== strategy.partitioning)
    throw new AppError('splits-invalid', { reason: `${strategy.name} ≠ ${partitioning}` });
  const parts = SPLITS.map((part) => division[part].list());
  refuseHoles(outputs, parts);
  const inputs = session.inputColumns.map((name) => column(frame, name));
  if (!model.tags?.handlesMissing) refuseHoles(inputs, parts);
  return { division, labels };
}

/** A row without a group would be of all of them or of none. */
function groupsOf(frame: Frame, name: string): Int32Array {
  const source = column(frame, name);
  refuseHoles([source], [Int32Array.from({ length: frame.rows }, (_, row) => row)]);
  return asCategorical(source).codes;
}
