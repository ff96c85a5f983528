import { MoreThanOrEqual } from 'typeorm';

import { AppError } from '#contract';
import { ConverterEntity, ExplorerEntity, NotebookEntity } from '#persistence';

import { cancelJobsOf } from '../job/cancel-jobs-of.js';
import { isRead } from '../notebook/notebook-readers.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { tableBefore } from './table-before.js';

/**
 * Undoes a step: the notebook returns to the table before it; the step, later converters and later explorers go. Nothing has to
 * run again, so there is no job to watch (docs/adr/0004).
 * @throws AppError `converter-not-found`, `entity-busy` while an earlier explorer or a data set in the making reads its table.
 */
export async function removeConverter(ports: Ports, id: number): Promise<{ jobId: null; job_id: null }> {
  const step = await rowById(ports.db.manager, ConverterEntity, id, 'converter-not-found');
  const later = { notebook_id: step.notebook_id, id: MoreThanOrEqual(id) };
  const after = { notebook_id: step.notebook_id, created: MoreThanOrEqual(step.created) };
  const { manager } = ports.db;
  const converters = await manager.find(ConverterEntity, { where: later, select: { id: true } });
  const explorers = await manager.find(ExplorerEntity, { where: after, select: { id: true } });
  const going = explorers.map(({ id: explorer }) => explorer);
  if (await isRead(manager, step.notebook_id, going)) throw new AppError('entity-busy', { id: step.notebook_id });
  await cancelJobsOf(
    ports,
    'converter',
    converters.map(({ id: converter }) => converter),
  );
  await cancelJobsOf(ports, 'explorer', going);
  const gone = await ports.db.transaction(async (tx) => {
    const notebook = await tx.findOneOrFail(NotebookEntity, {
      where: { id: step.notebook_id },
      lock: { mode: 'pessimistic_write' },
    });
    if (await isRead(tx, notebook.id)) throw new AppError('entity-busy', { id: notebook.id });
    const steps = await tx.findBy(ConverterEntity, later);
    await tx.update(NotebookEntity, notebook.id, { table_key: await tableBefore(tx, notebook, id) });
    await tx.delete(ConverterEntity, later);
    await tx.delete(ExplorerEntity, after);
    return steps;
  });
  for (const { table_key: key } of gone) if (key !== null) await ports.storage.remove(key);
  return { jobId: null, job_id: null };
}
