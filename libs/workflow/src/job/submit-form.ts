import { z } from 'zod';

import { AppError, INTERNAL_JOB_TYPES, type Records, refusalText, type UploadedFile } from '#contract';

import type { Ports } from '../ports.js';
import { fillCells } from '../prediction/manual-rows.js';
import { jobTypeUnknown, submitJob } from './submit-job.js';

/** The fields of `POST /job/`, with its file part if there was one. */
export interface JobForm {
  readonly job_type?: string | undefined;
  readonly kwargs?: string | undefined;
  readonly n_sample?: string | undefined;
  readonly file?: UploadedFile | undefined;
  /** Files in the cells of rows typed by hand, `file_<row>_<column>`; their contents go into the rows. */
  readonly cells?: readonly UploadedFile[];
  readonly requestId: string | null;
}

/**
 * Submits what a client sent as a form. The file belongs to the job from then on; it is removed when no job was made for it.
 * @throws AppError `missing-job-fields`, `job-kwargs-invalid`, `job-type-unknown` and what the job's own checks say.
 */
export async function submitForm(ports: Ports, form: JobForm): Promise<{ id: string }> {
  const { file, cells = [], requestId } = form;
  try {
    const { job_type: type, kwargs: text } = form;
    if (type === undefined || type === '' || text === undefined || text === '')
      throw new AppError('missing-job-fields');
    if ((INTERNAL_JOB_TYPES as readonly string[]).includes(type)) throw jobTypeUnknown(type);
    const kwargs = parse(text);
    if (form.n_sample !== undefined && form.n_sample !== '') kwargs['n_sample'] = form.n_sample;
    if (cells.length > 0) kwargs['manual_input_data'] = await filledRows(ports, kwargs['manual_input_data'], cells);
    if (file !== undefined) kwargs['upload'] = { key: file.key, filename: file.filename };
    const submission = { type, kwargs, requestId, ...(file === undefined ? {} : { id: file.id }) };
    const { id } = await submitJob(ports, submission);
    if (file !== undefined && id !== file.id) await ports.storage.remove(file.key);
    return { id };
  } catch (error) {
    if (file !== undefined) await ports.storage.remove(file.key);
    throw error;
  } finally {
    for (const { key } of cells) await ports.storage.remove(key);
  }
}

const ManualInput = z.object({ manual_input_data: z.array(z.record(z.string(), z.unknown())).max(10_000) });

async function filledRows(ports: Ports, given: unknown, cells: readonly UploadedFile[]): Promise<Records> {
  const rows = ManualInput.safeParse({ manual_input_data: given });
  if (rows.success) return fillCells(ports, rows.data.manual_input_data, cells);
  throw new AppError('job-kwargs-invalid', { reason: refusalText(ManualInput, { manual_input_data: given }) });
}

/** The arguments without the one name that is ours, which would let a client read any key of the storage. */
function parse(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new AppError('job-kwargs-invalid', { reason: 'kwargs ≠ JSON' });
  }
  const outer = asObject(value);
  const inner = 'kwargs' in outer ? asObject(outer['kwargs']) : {};
  return Object.fromEntries(
    Object.entries({ ...outer, ...inner }).filter(([name]) => name !== 'upload' && name !== 'kwargs'),
  );
}

function asObject(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new AppError('job-kwargs-invalid', { reason: 'kwargs ≠ JSON object' });
}
