import {
  type EntityManager,
  type EntityTarget,
  type FindOptionsOrder,
  type FindOptionsWhere,
  MoreThanOrEqual,
} from 'typeorm';

import { AppError, STATUS } from '#contract';
import { ConverterEntity, ExplorerEntity, NotebookEntity } from '#persistence';

import { cancelJobsOf } from '../job/cancel-jobs-of.js';
import { isRead } from '../notebook/notebook-readers.js';
import type { Ports } from '../ports.js';
import { lockedRow, rowById } from '../rows.js';
import { tableBefore } from './table-before.js';

/** What an undone step took with it, and the job to watch. */
export interface Undone {
  /** The job that made what the notebook stands on again, finished or about to be; null when that is its first copy. */
  readonly jobId: string | null;
  readonly job_id: string | null;
  /** Ids of what is gone: the step with all later ones, and the explorers created since. */
  readonly removed: { readonly converters: number[]; readonly explorers: number[] };
}

/**
 * Undoes a step: the notebook returns to the table before it; the step, later converters and later explorers go. Nothing has to
 * run again (docs/adr/0004): the job to watch is that of the step before, as if it had been repeated.
 * @throws AppError `converter-not-found`, `entity-busy` while an earlier explorer or a data set in the making reads its table.
 */
export async function removeConverter(ports: Ports, id: number): Promise<Undone> {
  const { manager } = ports.db;
  const step = await rowById(manager, ConverterEntity, id, 'converter-not-found');
  const later = { notebook_id: step.notebook_id, id: MoreThanOrEqual(id) };
  const after = { notebook_id: step.notebook_id, created: MoreThanOrEqual(step.created) };
  const converters = await idsOf(manager, ConverterEntity, later);
  const explorers = await idsOf(manager, ExplorerEntity, after);
  if (await isRead(manager, step.notebook_id, explorers)) throw new AppError('entity-busy', { id: step.notebook_id });
  await cancelJobsOf(ports, 'converter', converters);
  await cancelJobsOf(ports, 'explorer', explorers);
  const { gone, answer } = await ports.db.transaction(async (tx) => {
    const ref = { entity: NotebookEntity, id: step.notebook_id, missing: 'converter-not-found' } as const;
    const notebook = await lockedRow(tx, ref);
    // Somebody else may have undone it meanwhile, alone or with the whole notebook.
    await rowById(tx, ConverterEntity, id, 'converter-not-found');
    if (await isRead(tx, notebook.id)) throw new AppError('entity-busy', { id: notebook.id });
    const steps = await tx.find(ConverterEntity, { where: later, order: { id: 'ASC' } });
    const removed = { converters: steps.map((row) => row.id), explorers: await idsOf(tx, ExplorerEntity, after) };
    await tx.update(NotebookEntity, notebook.id, { table_key: await tableBefore(tx, notebook, id) });
    await tx.delete(ConverterEntity, later);
    await tx.delete(ExplorerEntity, after);
    const jobId = await jobBefore(tx, notebook.id, id);
    return { gone: steps, answer: { jobId, job_id: jobId, removed } };
  });
  for (const { table_key: key } of gone) if (key !== null) await ports.storage.remove(key);
  return answer;
}

async function idsOf<E extends ConverterEntity | ExplorerEntity>(
  manager: EntityManager,
  entity: EntityTarget<E>,
  where: FindOptionsWhere<E>,
): Promise<number[]> {
  const order = { id: 'ASC' } as FindOptionsOrder<E>;
  return (await manager.find(entity, { where, order })).map(({ id }) => id);
}

/** The job of the last step before this one that did not fail; null without one, or when its job left the list. */
async function jobBefore(tx: EntityManager, notebookId: number, id: number): Promise<string | null> {
  const [before] = await tx.query<{ job_id: string | null }[]>(
    `SELECT job.id AS job_id FROM converter LEFT JOIN job ON job.id = converter.huey_id
     WHERE notebook_id = $1 AND converter.id < $2 AND converter.status <> $3 AND converter.huey_id IS NOT NULL
     ORDER BY converter.id DESC LIMIT 1`,
    [notebookId, id, STATUS.error],
  );
  return before?.job_id ?? null;
}
