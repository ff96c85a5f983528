import type { EntityManager } from 'typeorm';

import type { ModelSessionChange, WireModelSession } from '#contract';
import { AppError, STATUS } from '#contract';
import { ModelSessionEntity, RunEntity } from '#persistence';

import { datasetTypes, finishedDataset } from '../dataset/dataset-table.js';
import type { Ports } from '../ports.js';
import { changeRow, givenName, orTaken, toWire } from '../rows.js';
import { untrain } from '../run/reset-run.js';
import { checkColumns } from './check-columns.js';
import { checkMetrics } from './check-metrics.js';
import { checkSplits } from './check-splits.js';
import { normaliseSplits } from './normalise-splits.js';

/**
 * Changes a session. What its runs have learnt is about one data set, one task and one choice of columns: another one resets them,
 * as new parameters reset a run.
 * @throws AppError `model-session-not-found`, `not-modified`, `name-empty`, `name-exists`, `entity-busy` while a run is trained, and
 * as `checkColumns`, `datasetTypes`, `component-not-found`.
 */
export async function patchModelSession(
  ports: Ports,
  id: number,
  change: ModelSessionChange,
): Promise<WireModelSession> {
  if (Object.values(change).every((value) => value === undefined)) throw new AppError('not-modified');
  const session = { entity: ModelSessionEntity, id, missing: 'model-session-not-found' } as const;
  let old: readonly string[] = [];
  const changed = changeRow(ports.db, session, async (row, tx) => {
    const learnt = learntFrom(row, change);
    if (Object.keys(learnt).length > 0) {
      old = await untrainRuns(ports, tx, id);
      await check(ports, tx, Object.assign(row, learnt));
    }
    return { ...(change.name === undefined ? {} : { name: givenName(change.name) }), ...learnt };
  });
  const saved = await orTaken(changed, 'name-exists', { name: change.name?.trim() ?? '' });
  for (const key of old) await ports.storage.remove(key);
  return toWire(saved);
}

type Learnt = Pick<ModelSessionEntity, 'dataset_id' | 'task_name' | 'input_columns' | 'output_columns'>;
type Checked = Learnt & Pick<ModelSessionEntity, 'splits' | 'train_metrics' | 'validation_metrics' | 'test_metrics'>;

/** What differs in a change of what runs learn from. */
function learntFrom(row: ModelSessionEntity, change: ModelSessionChange): Partial<Learnt> {
  const { dataset_id, task_name, input_columns, output_columns } = change;
  const given = Object.entries({ dataset_id, task_name, input_columns, output_columns });
  return Object.fromEntries(
    given.filter(
      ([key, value]) => value !== undefined && JSON.stringify(value) !== JSON.stringify(row[key as keyof Learnt]),
    ),
  );
}

async function check(ports: Ports, tx: EntityManager, session: Checked): Promise<void> {
  const types = await datasetTypes(ports, session.dataset_id, tx);
  const task = ports.catalogue.get(session.task_name, 'Task', 'component-not-found');
  checkColumns(task, types, { inputs: session.input_columns, outputs: session.output_columns });
  checkMetrics(ports.catalogue, task, [
    ...session.train_metrics,
    ...session.validation_metrics,
    ...session.test_metrics,
  ]);
  const splitter = (name: string) => ports.catalogue.get(name, 'Splitter', 'splits-invalid');
  const splits = normaliseSplits(session.splits, splitter);
  const { total_rows: rows } = await finishedDataset(ports, session.dataset_id, tx);
  checkSplits(splitter(splits.splitter_name), splits, { types, rows: rows ?? 0 });
}

/** Resets every run of a session; answers the keys of the files to remove once this is committed. */
async function untrainRuns(ports: Ports, tx: EntityManager, id: number): Promise<readonly string[]> {
  const where = { model_session_id: id };
  const runs = await tx.find(RunEntity, { where, order: { id: 'ASC' }, lock: { mode: 'pessimistic_write' } });
  if (runs.some(({ status }) => status === STATUS.delivered || status === STATUS.started))
    throw new AppError('entity-busy', { id });
  const old: string[] = [];
  for (const run of runs) old.push(...(await untrain(ports, tx, run)));
  await tx.save(runs);
  return old;
}
