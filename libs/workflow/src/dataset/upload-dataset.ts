import { z } from 'zod';

import type { UploadedFile, WireDataset } from '#contract';
import { AppError } from '#contract';
import { DatasetEntity } from '#persistence';

import { submitJob } from '../job/submit-job.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { createDataset } from './create-dataset.js';
import { loaderChoice } from './loader-choice.js';
import { parseJson } from './preview-file.js';
import { wireDataset } from './wire-dataset.js';

/**
 * Creates a data set and submits its DatasetJob, from one multipart form; its name is the form's, else `params.name`, else the file's.
 * @throws AppError `file-missing`, `job-kwargs-invalid`, `component-not-registered`, `parameters-invalid`, `dataset-name-empty`,
 * `dataset-name-exists`; no row is left then.
 */
export async function uploadDataset(
  ports: Ports,
  form: { name?: string | undefined; params?: string | undefined },
  files: readonly UploadedFile[],
  requestId: string,
): Promise<WireDataset> {
  const file = files[0];
  if (!file) throw new AppError('file-missing');
  const params = parseJson('params', z.looseObject({ name: z.string().optional() }), form.params ?? '{}');
  // What the job would end with can be said at once.
  loaderChoice(ports, params, null);
  const dataset = await createDataset(ports, {
    name: form.name ?? params.name ?? file.filename.replace(/\.[^.]*$/, ''),
  });
  try {
    // Nobody was asked for a separator: the file says it.
    const kwargs = {
      dataset_id: dataset.id,
      params: { separator: 'auto', ...params },
      upload: { key: file.key, filename: file.filename },
    };
    await submitJob(ports, { type: 'DatasetJob', kwargs, requestId, id: file.id });
  } catch (error) {
    await ports.db.manager.delete(DatasetEntity, { id: dataset.id });
    throw error;
  }
  return wireDataset(await rowById(ports.db.manager, DatasetEntity, dataset.id, 'dataset-not-found'));
}
