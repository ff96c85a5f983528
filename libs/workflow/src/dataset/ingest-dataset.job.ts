import { posix } from 'node:path';

import { z } from 'zod';

import { AppError, ColumnType, refusalText } from '#contract';
import type { TaskInput } from '#contract';
import { jobName } from '#i18n';
import { DatasetEntity, NotebookEntity } from '#persistence';
import { tableKey, uploadKey } from '#storage';

import { fetchedFile } from '../datafile/fetched-file.js';
import { attemptToken } from '../job/attempt-token.js';
import type { JobContext, JobHandler } from '../job/job-handler.js';
import { willRead } from '../notebook/notebook-readers.js';
import { rowById } from '../rows.js';
import { everyAddress, publicOnly } from '../upload/guarded-agent.js';
import { downloadUrl, parseUrl } from './download-url.js';
import { loaderChoice } from './loader-choice.js';

/** Keys of `params` that are not options of the loader. */
const Params = z.looseObject({
  inferred_types: z.record(z.string(), ColumnType).nullish(),
  column_renames: z.record(z.string(), z.string()).nullish(),
  /** A file fetched from a hub, and which of several. */
  datafile_id: z.int().nullish(),
  selected_file: z.string().nullish(),
  compute_metadata: z.boolean().default(true),
});

/** Fills a data set from an uploaded file, from one behind a URL, or from a notebook's current table. */
export const ingestDataset: JobHandler<'DatasetJob'> = {
  type: 'DatasetJob',
  entity: ({ dataset_id: id }) => ({ type: 'dataset', id }),

  async deliver(tx, kwargs) {
    const dataset = await rowById(tx, DatasetEntity, kwargs.dataset_id, 'dataset-not-found');
    const params = Params.safeParse(kwargs.params);
    if (!params.success) throw new AppError('job-kwargs-invalid', { reason: refusalText(Params, kwargs.params) });
    if (kwargs.notebook_id != null) await willRead(tx, kwargs.notebook_id);
    else if (params.data.datafile_id != null) await fetchedFile(tx, params.data.datafile_id, params.data.selected_file);
    else if (!kwargs.upload) parseUrl(urlOf(kwargs));
    return jobName('DatasetJob', dataset.name);
  },

  outputs: (job) => [tableKey(attemptToken('dataset', job))],

  async run(context) {
    const { ports, job, kwargs, compute, signal, progress, commit } = context;
    const dataset = await rowById(ports.db.manager, DatasetEntity, kwargs.dataset_id, 'dataset-not-found');
    const params = Params.parse(kwargs.params);
    const token = attemptToken('dataset', job);
    const { source, share } = await sourceOf(context);
    const told = (fraction: number | null, message: string) =>
      progress(fraction === null ? null : share + (1 - share) * fraction, message);
    const output = await compute.run(
      'ingest-dataset',
      {
        source,
        loader: kwargs.notebook_id == null ? loaderChoice(ports, kwargs.params, kwargs.n_sample ?? null) : null,
        types: params.inferred_types ?? null,
        renames: params.column_renames ?? {},
        profile: params.compute_metadata,
        targetKey: tableKey(token),
      },
      { progress: told, metrics: () => undefined },
      signal,
    );
    await commit(async (tx) => {
      await tx.update(DatasetEntity, dataset.id, {
        file_path: token,
        total_rows: output.rows,
        total_columns: output.columns,
      });
    });
    if (dataset.file_path !== '') await ports.storage.remove(tableKey(dataset.file_path));
  },

  /** A half-made data set and its row go when a person cancelled; after an error the row stays and says why. */
  async settle(tx, job, failure) {
    if (failure === 'cancelled') await tx.delete(DatasetEntity, { id: job.kwargs.dataset_id, file_path: '' });
  },
};

/** What a job without upload and notebook must name. @throws AppError `file-missing`. */
function urlOf({ url }: { readonly url?: string | null | undefined }): string {
  if (url == null || url.trim() === '') throw new AppError('file-missing');
  return url;
}

/** Part of the progress that a download takes. */
const DOWNLOADING = 0.3;

async function sourceOf({
  ports,
  job,
  kwargs,
  signal,
  progress,
}: JobContext<'DatasetJob'>): Promise<{ source: TaskInput<'ingest-dataset'>['source']; share: number }> {
  if (kwargs.notebook_id != null) {
    const notebook = await rowById(ports.db.manager, NotebookEntity, kwargs.notebook_id, 'notebook-not-found');
    return { source: { tableKey: notebook.table_key }, share: 0 };
  }
  const { datafile_id: fetched, selected_file: name } = Params.parse(kwargs.params);
  if (fetched != null) {
    const file = await fetchedFile(ports.db.manager, fetched, name);
    return { source: { uploadKey: file.key, filename: posix.basename(file.name) }, share: 0 };
  }
  if (kwargs.upload) return { source: { uploadKey: kwargs.upload.key, filename: kwargs.upload.filename }, share: 0 };
  const key = uploadKey(job.id);
  progress(0, 'downloading-file');
  const { filename } = await downloadUrl(ports.storage, urlOf(kwargs), {
    key,
    limitBytes: ports.config.uploadBytes,
    policy: ports.config.allowPrivateUrls ? everyAddress : publicOnly,
    signal,
    onProgress: (fraction) => progress(fraction === null ? null : DOWNLOADING * fraction, 'downloading-file'),
  });
  return { source: { uploadKey: key, filename }, share: DOWNLOADING };
}
