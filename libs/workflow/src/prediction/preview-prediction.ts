import { z } from 'zod';

import { Finding, type Locale, type UploadedFile, type WirePredictionNote } from '#contract';

import { askWorker } from '../job/ask-worker.js';
import type { Ports } from '../ports.js';
import { finishedRun } from '../run/finished-run.js';
import { fillCells, parsePolicy, parseRows } from './manual-rows.js';
import { wireNote } from './wire-prediction.js';

const Preview = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(z.unknown())),
  findings: z.array(Finding),
});
const TIMEOUT_MS = 30_000;

/** The form of a preview, with the files in its cells. */
interface PreviewForm {
  readonly run_id: number;
  readonly manual_input_data: string;
  readonly policy?: string | undefined;
  readonly probabilities?: string | undefined;
  readonly files: readonly UploadedFile[];
}

/**
 * Predicts a few rows and waits for the answer; nothing is stored, the files sent along neither.
 * @throws AppError `run-not-found`, `run-not-finished`, `manual-input-invalid`, what the prediction says, `unavailable` when no
 * worker answers in time.
 */
export async function previewPrediction(
  ports: Ports,
  form: PreviewForm,
  { requestId, locale }: { requestId: string | null; locale: Locale },
): Promise<{ columns: string[]; rows: unknown[][]; notes: WirePredictionNote[] }> {
  try {
    const run = await finishedRun(ports.db.manager, form.run_id);
    const policy = parsePolicy(form.policy);
    const rows = await fillCells(ports, parseRows(form.manual_input_data), form.files);
    const kwargs = { run_id: run.id, rows, policy, probabilities: form.probabilities === 'true' };
    const answer = Preview.parse(await askWorker(ports, { type: 'PreviewJob', kwargs, requestId }, TIMEOUT_MS));
    const { findings, columns, rows: predicted } = answer;
    return { columns, rows: predicted, notes: findings.map((finding) => wireNote(finding, locale)) };
  } finally {
    for (const { key } of form.files) await ports.storage.remove(key);
  }
}
