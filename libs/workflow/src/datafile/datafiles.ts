import { type Locale, type NewDatafile, type StoredError, TERMINAL_STATES, type WireDatafile } from '#contract';
import { AppError } from '#contract';
import { errorText } from '#i18n';
import { DatafileEntity } from '#persistence';
import { datafileKey } from '#storage';

import { sourceNamed } from '../dataset-source/sources.js';
import { findJob, stop } from '../job/cancel-job.js';
import type { Ports } from '../ports.js';
import { rowById, toWire } from '../rows.js';

/** All of them, oldest first. */
export async function listDatafiles({ db }: Ports, locale: Locale): Promise<WireDatafile[]> {
  const rows = await db.manager.find(DatafileEntity, { order: { id: 'ASC' } });
  const failed = rows.flatMap(({ status, job_id }) => (status === 'error' && job_id !== null ? [job_id] : []));
  const jobs = await db.query<{ id: string; error: StoredError | null }[]>(
    'SELECT id, error FROM job WHERE id = ANY($1::uuid[])',
    [failed],
  );
  const errors = new Map(jobs.map(({ id, error }) => [id, error]));
  return rows.map((row) => wire(row, errors.get(row.job_id ?? '') ?? null, locale));
}

/** @throws AppError `datafile-not-found`. */
export async function getDatafile(ports: Ports, id: number, locale: Locale): Promise<WireDatafile> {
  const row = await rowById(ports.db.manager, DatafileEntity, id, 'datafile-not-found');
  const job = row.status === 'error' && row.job_id !== null ? await findJob(ports, row.job_id) : null;
  return wire(row, job?.error ?? null, locale);
}

/**
 * Notes what is to be fetched. The same data set again answers the row there is; one that failed begins anew.
 * @throws AppError `dataset-source-unknown`.
 */
export async function createDatafile(ports: Ports, given: NewDatafile, locale: Locale): Promise<WireDatafile> {
  sourceNamed(ports, given.source_name);
  const { source_name, dataset_id, name, description, tags, source_url } = given;
  const [row] = await ports.db.query<[{ id: number }]>(
    `INSERT INTO datafile (source_name, dataset_id, name, description, tags, source_url) VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (source_name, dataset_id) DO UPDATE SET name = EXCLUDED.name, last_modified = now(),
       status = CASE datafile.status WHEN 'error' THEN 'downloading' ELSE datafile.status END RETURNING id`,
    [source_name, dataset_id, name, description ?? '', JSON.stringify(tags), source_url ?? ''],
  );
  return getDatafile(ports, row.id, locale);
}

/** Names of its files. @throws AppError `datafile-not-found`, `datafile-not-ready`. */
export async function datafileFiles({ db }: Ports, id: number): Promise<string[]> {
  const { status, files } = await rowById(db.manager, DatafileEntity, id, 'datafile-not-found');
  if (status !== 'ready') throw new AppError('datafile-not-ready', { id });
  return files.map(({ name }) => name);
}

/** Deletes it with its files, after stopping what fetches them. @throws AppError `datafile-not-found`. */
export async function removeDatafile(ports: Ports, id: number): Promise<null> {
  const { job_id } = await rowById(ports.db.manager, DatafileEntity, id, 'datafile-not-found');
  const job = job_id === null ? null : await findJob(ports, job_id);
  if (job !== null && !(TERMINAL_STATES as readonly string[]).includes(job.state)) await stop(ports, job);
  await ports.db.manager.delete(DatafileEntity, { id });
  await ports.storage.remove(datafileKey(id));
  return null;
}

function wire(row: DatafileEntity, error: StoredError | null, locale: Locale): WireDatafile {
  const { files, tags, ...columns } = toWire(row);
  return {
    ...columns,
    tags: [...tags],
    local_path: row.status === 'ready' ? `datafile-${row.id}` : null,
    size_bytes: row.status === 'ready' ? files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) : null,
    error_message: error === null ? null : errorText(error.code, error.values, locale),
  };
}
