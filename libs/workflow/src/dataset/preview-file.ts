import { z } from 'zod';

import type { AnswerOf, StoredError, UploadedFile } from '#contract';
import { AppError, datasetRoutes, refusalText, TypeChange } from '#contract';

import { askWorker } from '../job/ask-worker.js';
import type { Ports } from '../ports.js';
import { discardUpload } from '../upload/store-upload.js';

const TIMEOUT_MS = 60_000;

/**
 * The first rows of an uploaded file with inferred types. A compute child reads the file, so that a hostile one meets its limits
 * there; nothing of it is kept.
 * @throws AppError `file-missing`, `job-kwargs-invalid`, what the reader says, `unavailable` when no worker answers in time.
 */
export async function previewFile(
  ports: Ports,
  form: { params: string },
  files: readonly UploadedFile[],
  requestId: string,
): Promise<AnswerOf<typeof datasetRoutes.previewWithTypes>> {
  return datasetRoutes.previewWithTypes.answer.parse(await look(ports, form.params, null, files, requestId));
}

const Problem = z.object({ code: z.string(), values: z.record(z.string(), z.union([z.string(), z.number()])) });
const Verdict = z.object({
  valid: z.boolean(),
  errors: z.record(z.string(), Problem),
  warnings: z.record(z.string(), Problem),
  resolved_dtypes: z.record(z.string(), z.string()),
});

/**
 * Whether columns of an uploaded file can be read as other types.
 * @param say words an error for the reader.
 * @throws AppError as {@link previewFile}.
 */
export async function validateTypeChanges(
  ports: Ports,
  form: { params: string; type_changes: string },
  files: readonly UploadedFile[],
  { requestId, say }: { requestId: string; say: (problem: StoredError) => string },
): Promise<AnswerOf<typeof datasetRoutes.validateTypeChanges>> {
  const changes = parseJson('type_changes', z.record(z.string(), TypeChange), form.type_changes);
  const verdict = Verdict.parse(await look(ports, form.params, changes, files, requestId));
  const worded = (problems: Record<string, StoredError>): Record<string, string> =>
    Object.fromEntries(Object.entries(problems).map(([column, problem]) => [column, say(problem)]));
  return { ...verdict, errors: worded(verdict.errors), warnings: worded(verdict.warnings) };
}

async function look(
  ports: Ports,
  paramsJson: string,
  changes: Record<string, TypeChange> | null,
  files: readonly UploadedFile[],
  requestId: string,
): Promise<unknown> {
  const file = files[0];
  if (!file) throw new AppError('file-missing');
  try {
    const params = parseJson('params', z.record(z.string(), z.unknown()), paramsJson);
    const kwargs = { upload: { key: file.key, filename: file.filename }, params, changes };
    return await askWorker(ports, { type: 'PreviewFileJob', kwargs, requestId, id: file.id }, TIMEOUT_MS);
  } finally {
    await discardUpload(ports, file);
  }
}

/** JSON text of a form field. @throws AppError `job-kwargs-invalid` naming the field. */
export function parseJson<S extends z.ZodType>(field: string, schema: S, text: string): z.output<S> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new AppError('job-kwargs-invalid', { reason: `${field} ≠ JSON` });
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success)
    throw new AppError('job-kwargs-invalid', {
      reason: refusalText(z.object({ [field]: schema }), { [field]: value }),
    });
  return parsed.data;
}
