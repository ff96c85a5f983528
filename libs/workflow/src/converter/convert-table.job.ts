import { setTimeout as sleep } from 'node:timers/promises';

import { LessThan } from 'typeorm';
import { z } from 'zod';

import { AppError, STATUS } from '#contract';
import { ConverterEntity, NotebookEntity } from '#persistence';
import { tableKey } from '#storage';

import { attemptToken } from '../job/attempt-token.js';
import { type JobHandler, NotYet } from '../job/job-handler.js';
import { isRead } from '../notebook/notebook-readers.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { tableBefore } from './table-before.js';

const Name = z.union([z.string(), z.looseObject({ columnName: z.string() }).transform((column) => column.columnName)]);
const Stored = z.object({
  params: z.record(z.string(), z.unknown()).nullish(),
  scope: z
    .looseObject({
      columns: z.array(z.union([Name, z.int(), z.looseObject({ id: z.int() }).transform(({ id }) => id)])).nullish(),
      rows: z.array(z.union([z.int(), z.looseObject({ id: z.int() }).transform(({ id }) => id)])).nullish(),
    })
    .nullish(),
  target: z.looseObject({ column: z.union([Name, z.int()]).nullish(), columnName: z.string().nullish() }).nullish(),
});

/** Applies one step: a new table beside the old one, to which the notebook moves when the job commits. */
export const convertTable: JobHandler<'ConverterJob'> = {
  type: 'ConverterJob',
  entity: ({ converter_id: id }) => ({ type: 'converter', id }),

  async deliver(tx, { converter_id: id }) {
    const step = await rowById(tx, ConverterEntity, id, 'converter-not-found');
    const notebook = await rowById(tx, NotebookEntity, step.notebook_id, 'notebook-not-found');
    return `${step.converter}: ${notebook.name}`;
  },

  outputs: (job) => [tableKey(attemptToken('rows', job))],

  async run({ ports, job, kwargs, compute, signal, progress, commit }) {
    const { manager } = ports.db;
    const step = await rowById(manager, ConverterEntity, kwargs.converter_id, 'converter-not-found');
    await earlierSteps(ports, step, signal);
    const notebook = await rowById(manager, NotebookEntity, step.notebook_id, 'notebook-not-found');
    const base = await tableBefore(manager, notebook, step.id);
    const given = Stored.safeParse(step.parameters);
    if (!given.success)
      throw new AppError('parameters-invalid', { parameter: 'scope', reason: given.error.issues[0]?.message ?? '' });
    const { params, scope, target } = given.data;
    const names = (await ports.tables.readMeta(await ports.storage.materialise(base))).columns.map(({ name }) => name);
    const named = (column: string | number): string =>
      typeof column === 'string' ? column : (names[column] ?? String(column));
    const key = tableKey(attemptToken('rows', job));
    await compute.run(
      'convert-table',
      {
        tableKey: base,
        targetKey: key,
        converter: { component: step.converter, params: params ?? {} },
        scope: { columns: emptyToNull(scope?.columns?.map(named)), rows: emptyToNull(scope?.rows) },
        target: target == null ? null : named(target.column ?? target.columnName ?? ''),
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

const emptyToNull = <T>(list: readonly T[] | null | undefined): readonly T[] | null => (list?.length ? list : null);

/** Long enough for a step that runs elsewhere; one that still waits may need this very slot. */
const PATIENCE_MS = 3000;
const ASK_MS = 200;

/** Steps of one notebook apply in the order they were added, however many workers there are. @throws NotYet */
async function earlierSteps({ db }: Ports, step: ConverterEntity, signal: AbortSignal): Promise<void> {
  for (let waitedMs = 0; ; waitedMs += ASK_MS) {
    signal.throwIfAborted();
    const waiting = await db.manager.find(ConverterEntity, {
      where: { notebook_id: step.notebook_id, id: LessThan(step.id) },
    });
    if (!waiting.some(({ status }) => status === STATUS.delivered || status === STATUS.started)) return;
    if (waitedMs >= PATIENCE_MS) throw new NotYet();
    await sleep(ASK_MS);
  }
}
