import { z } from 'zod';

import { AppError, ColumnType } from '#contract';
import type { TaskInput } from '#contract';
import { DatasetEntity, NotebookEntity } from '#persistence';
import { tableKey } from '#storage';

import { attemptToken } from '../job/attempt-token.js';
import type { Job, JobHandler } from '../job/job-handler.js';
import { willRead } from '../notebook/notebook-readers.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { loaderChoice } from './loader-choice.js';

/** Keys of `params` that are not options of the loader. */
const Params = z.looseObject({
  inferred_types: z.record(z.string(), ColumnType).nullish(),
  column_renames: z.record(z.string(), z.string()).nullish(),
  compute_metadata: z.boolean().default(true),
});

/** Fills a data set from an uploaded file or from a notebook's current table. */
export const ingestDataset: JobHandler<'DatasetJob'> = {
  type: 'DatasetJob',
  entity: ({ dataset_id: id }) => ({ type: 'dataset', id }),

  async deliver(tx, kwargs) {
    const dataset = await rowById(tx, DatasetEntity, kwargs.dataset_id, 'dataset-not-found');
    const params = Params.safeParse(kwargs.params);
    if (!params.success) throw new AppError('job-kwargs-invalid', { reason: reasonOf(params.error) });
    if (kwargs.notebook_id != null) await willRead(tx, kwargs.notebook_id);
    else if (!kwargs.upload) throw new AppError('file-missing');
    return `Dataset: ${dataset.name}`;
  },

  outputs: (job) => [tableKey(attemptToken('dataset', job))],

  async run({ ports, job, kwargs, compute, signal, progress, commit }) {
    const dataset = await rowById(ports.db.manager, DatasetEntity, kwargs.dataset_id, 'dataset-not-found');
    const params = Params.parse(kwargs.params);
    const token = attemptToken('dataset', job);
    const output = await compute.run(
      'ingest-dataset',
      {
        source: await source(ports, job),
        loader: kwargs.notebook_id == null ? loaderChoice(ports, kwargs.params, kwargs.n_sample ?? null) : null,
        types: params.inferred_types ?? null,
        renames: params.column_renames ?? {},
        profile: params.compute_metadata,
        targetKey: tableKey(token),
      },
      { progress, metrics: () => undefined },
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

const reasonOf = (error: z.ZodError): string =>
  `${error.issues[0]?.path.join('.') ?? ''}: ${error.issues[0]?.message ?? ''}`;

async function source({ db }: Ports, { kwargs }: Job<'DatasetJob'>): Promise<TaskInput<'ingest-dataset'>['source']> {
  if (kwargs.notebook_id != null)
    return {
      tableKey: (await rowById(db.manager, NotebookEntity, kwargs.notebook_id, 'notebook-not-found')).table_key,
    };
  if (!kwargs.upload) throw new AppError('file-missing');
  return { uploadKey: kwargs.upload.key, filename: kwargs.upload.filename };
}
