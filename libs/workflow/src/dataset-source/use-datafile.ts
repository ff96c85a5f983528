import { randomUUID } from 'node:crypto';
import { posix } from 'node:path';

import { z } from 'zod';

import type { AnswerOf, datasetSourceRoutes } from '#contract';
import { AppError, refusalText } from '#contract';

import { fetchedFile } from '../datafile/fetched-file.js';
import { loaderChoice } from '../dataset/loader-choice.js';
import { askWorker } from '../job/ask-worker.js';
import { submitJob } from '../job/submit-job.js';
import type { Ports } from '../ports.js';
import { sourceNamed } from './sources.js';

const TIMEOUT_MS = 60_000;

/** What to read, and how. */
export interface DatafilePreview {
  readonly dataloader: string;
  readonly params?: Readonly<Record<string, unknown>> | null | undefined;
  readonly n_rows: number;
  readonly datafile_id: number;
  readonly selected_file?: string | null | undefined;
}
type Preview = AnswerOf<typeof datasetSourceRoutes.preview>;
const Look = z.looseObject({
  sample: z.array(z.record(z.string(), z.unknown())),
  inferred_types: z.record(z.string(), z.unknown()),
  preview_row_count: z.int(),
});

/**
 * The first rows of a fetched file. @throws AppError `dataset-source-unknown`, `datafile-not-found`, `datafile-not-ready`, `datafile-file-unknown`,
 * `component-not-registered`, what the reader says, `unavailable` when no worker answers in time.
 */
export async function previewDatafile(
  ports: Ports,
  source: string,
  given: DatafilePreview,
  requestId: string,
): Promise<Preview> {
  sourceNamed(ports, source);
  const file = await fetchedFile(ports.db.manager, given.datafile_id, given.selected_file);
  const params = { ...given.params, dataloader: given.dataloader, inference_rows: given.n_rows };
  loaderChoice(ports, params, null);
  const kwargs = { upload: { key: file.key, filename: posix.basename(file.name) }, params, changes: null };
  const answer = await askWorker(ports, { type: 'PreviewFileJob', kwargs, requestId, id: randomUUID() }, TIMEOUT_MS);
  const { sample, inferred_types, preview_row_count } = Look.parse(answer);
  return { sample: sample.slice(0, given.n_rows), inferred_types, preview_row_count };
}

const ImportParams = z.looseObject({
  datafile_id: z.int(),
  selected_file: z.string().nullish(),
  dataloader_params: z.record(z.string(), z.unknown()).nullish(),
});

/** Fills a data set from a fetched file. @throws AppError as {@link previewDatafile}, `dataset-not-found`, `job-kwargs-invalid`. */
export async function importDatafile(
  ports: Ports,
  source: string,
  given: { readonly dataset_id: number; readonly params: Readonly<Record<string, unknown>> },
  requestId: string,
): Promise<{ job_id: string; dataset_id: number }> {
  sourceNamed(ports, source);
  const parsed = ImportParams.safeParse(given.params);
  if (!parsed.success) throw new AppError('job-kwargs-invalid', { reason: refusalText(ImportParams, given.params) });
  const { dataloader_params: own, ...others } = parsed.data;
  await fetchedFile(ports.db.manager, others.datafile_id, others.selected_file);
  const params = { ...others, ...own };
  loaderChoice(ports, params, null);
  const kwargs = { dataset_id: given.dataset_id, params };
  const { id } = await submitJob(ports, { type: 'DatasetJob', kwargs, requestId });
  return { job_id: id, dataset_id: given.dataset_id };
}
