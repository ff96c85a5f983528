import { type Locale, progressWords, type StoredError, type WireJob, type WireJobStatus } from '#contract';
import { errorText, readJobName, text } from '#i18n';
import type { JobEntity } from '#persistence';

type Watched = Pick<
  JobEntity,
  'id' | 'type' | 'name' | 'state' | 'progress' | 'progress_message' | 'error' | 'enqueued_at' | 'last_update'
>;

/** The queue's dates are UTC, `YYYY-MM-DD HH:MM:SS.mmm`. */
export const queueDate = (date: Date): string => date.toISOString().replace('T', ' ').replace('Z', '');

/** A row of the job list in the reader's language. */
export function wireJob(row: Watched, locale: Locale): WireJob {
  return {
    id: row.id,
    task_type: row.type,
    job_name: readJobName(row.type, row.name, locale),
    enqueued_at: queueDate(row.enqueued_at),
    status: row.state,
    last_update: queueDate(row.last_update),
    error_msg: sentence(row.error, locale),
    progress: row.progress,
    progress_message: row.progress_message === null ? null : sayProgress(row.progress_message, locale),
  };
}

/** The same values under the names of the status object. */
export function wireStatus(row: Watched, locale: Locale): WireJobStatus {
  const { job_name, last_update: updated, status, error_msg: error, progress, progress_message } = wireJob(row, locale);
  return { status, updated, error, job_name, progress, progress_message };
}

const sayProgress = (message: string, locale: Locale): string => progressWords(message) ?? text(message, {}, locale);
const sentence = (error: StoredError | null, locale: Locale): string | null =>
  error === null ? null : errorText(error.code, error.values, locale);
