import type { EntityManager } from 'typeorm';

import { NotebookEntity } from '#persistence';

import { lockedRow } from '../rows.js';

/**
 * Whether a job that waits or runs reads the table of a notebook: an explorer's, but for those in `except`, or that of a data set
 * made of it. Under the lock of the notebook's row the answer holds until the transaction ends, for such jobs come by
 * {@link willRead}.
 */
export async function isRead(tx: EntityManager, notebookId: number, except: readonly number[] = []): Promise<boolean> {
  const rows = await tx.query<unknown[]>(
    `SELECT 1 FROM job LEFT JOIN explorer ON job.entity_type = 'explorer' AND explorer.id = job.entity_id
     WHERE job.state IN ('not_started', 'started') AND (
       (explorer.notebook_id = $1 AND explorer.id <> ALL($2::int[]))
       OR (job.type = 'DatasetJob' AND job.kwargs ->> 'notebook_id' = $1::text)
     ) LIMIT 1`,
    [notebookId, [...except]],
  );
  return rows.length > 0;
}

/** The notebook a job is about to read; whoever takes a table of it away waits until the job's row is there. @throws AppError `notebook-not-found`. */
export function willRead(tx: EntityManager, notebookId: number): Promise<NotebookEntity> {
  return lockedRow(tx, { entity: NotebookEntity, id: notebookId, missing: 'notebook-not-found' }, 'read');
}
