import { AppError, type Caller, type Locale, type WireTrackedImport } from '#contract';
import { text } from '#i18n';

import { findJob } from '../job/cancel-job.js';
import { wireStatus } from '../job/wire-job.js';
import type { Ports } from '../ports.js';
import { type ImportResult } from './import-swanlog.job.js';

/** How an import goes, for who may see its project. @throws AppError `job-not-found`. */
export async function readImport(ports: Ports, caller: Caller, id: string, locale: Locale): Promise<WireTrackedImport> {
  const job = await findJob(ports, id);
  const theirs = caller.projectId === null || job?.kwargs['project_id'] === caller.projectId;
  if (job === null || job.type !== 'SwanlogJob' || job.state === 'deleted' || !theirs)
    throw new AppError('job-not-found', { id });
  const { status, progress, error } = wireStatus(job, locale);
  const result = job.result as ImportResult | null;
  const reason = (skip: ImportResult['skipped'][number]) => ({ ...skip, reason: text(skip.code, {}, locale) });
  return { id, status, progress, error, result: result && { ...result, skipped: result.skipped.map(reason) } };
}
