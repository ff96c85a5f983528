import { setTimeout as sleep } from 'node:timers/promises';

import { MoreThan } from 'typeorm';

import { AppError, STATUS } from '#contract';
import { ConverterEntity, NotebookEntity } from '#persistence';
import { tableKey } from '#storage';

import { attemptToken } from '../job/attempt-token.js';
import { type JobHandler, NotYet } from '../job/job-handler.js';
import { isRead } from '../notebook/notebook-readers.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { stepScope } from './step-scope.js';
import { tableBefore } from './table-before.js';

/** Applies one step: a new table beside the old one, to which the notebook moves when the job commits. */
export const convertTable: JobHandler<'ConverterJob'> = {
  type: 'ConverterJob',
  entity: ({ converter_id: id }) => ({ type: 'converter', id }),

  async deliver(tx, { converter_id: id }) {
    const step = await rowById(tx, ConverterEntity, id, 'converter-not-found');
    const notebook = await rowById(tx, NotebookEntity, step.notebook_id, 'notebook-not-found');
    // Later results stand on this one: to run it again, undo them first.
    const later = { notebook_id: notebook.id, id: MoreThan(id), status: STATUS.finished };
    if (await tx.existsBy(ConverterEntity, later)) throw new AppError('entity-busy', { id: notebook.id });
    return `${step.converter}: ${notebook.name}`;
  },

  outputs: (job) => [tableKey(attemptToken('rows', job))],

  async run({ ports, job, kwargs, compute, signal, progress, commit }) {
    const { manager } = ports.db;
    const step = await rowById(manager, ConverterEntity, kwargs.converter_id, 'converter-not-found');
    await earlierSteps(ports, step, signal);
    const notebook = await rowById(manager, NotebookEntity, step.notebook_id, 'notebook-not-found');
    const base = await tableBefore(manager, notebook, step.id);
    const { columns } = await ports.tables.readMeta(await ports.storage.materialise(base));
    const { params, target, ...scope } = stepScope(
      step,
      columns.map(({ name }) => name),
    );
    const key = tableKey(attemptToken('rows', job));
    await compute.run(
      'convert-table',
      {
        tableKey: base,
        targetKey: key,
        converter: { component: step.converter, params },
        scope,
        target,
      },
      { progress, metrics: () => undefined },
      signal,
    );
    const old = { table: step.table_key, isRead: false };
    await commit(async (tx) => {
      const row = await tx.findOneOrFail(NotebookEntity, {
        where: { id: notebook.id },
        lock: { mode: 'pessimistic_write' },
      });
      // A step that runs again replaces its own result; one in the middle would leave later steps standing on nothing.
      if (row.table_key !== base && row.table_key !== step.table_key)
        throw new AppError('entity-busy', { id: notebook.id });
      old.isRead = await isRead(tx, notebook.id);
      await tx.update(NotebookEntity, notebook.id, { table_key: key });
      await tx.update(ConverterEntity, step.id, { table_key: key });
    });
    // A job may be reading the step's former result; then the sweep of tables nobody names takes it, a day later.
    if (old.table !== null && !old.isRead) await ports.storage.remove(old.table);
  },
};

/** Long enough for a step that runs elsewhere; one that still waits may need this very slot. */
const PATIENCE_MS = 3000;
const ASK_MS = 200;

/** A step is added and submitted by two requests: one added so lately is on its way, an older one was given up. */
const ON_ITS_WAY = '10 seconds';

/**
 * Steps of one notebook apply in the order they were added, however many workers there are, also when a later one is submitted
 * first. @throws NotYet
 */
async function earlierSteps({ db }: Ports, step: ConverterEntity, signal: AbortSignal): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += ASK_MS) {
    signal.throwIfAborted();
    const [earlier] = await db.query<[{ busy: boolean; coming: boolean }]>(
      `SELECT coalesce(bool_or(status IN ($3, $4)), false) AS busy,
         coalesce(bool_or(status = $5 AND created > now() - $6::interval), false) AS coming
       FROM converter WHERE notebook_id = $1 AND id < $2`,
      [step.notebook_id, step.id, STATUS.delivered, STATUS.started, STATUS.notStarted, ON_ITS_WAY],
    );
    if (!earlier.busy && !earlier.coming) return;
    if (waitedMs >= PATIENCE_MS) {
      if (earlier.busy) throw new NotYet();
      return;
    }
    await sleep(ASK_MS);
  }
}
