import { z } from 'zod';

import { AppError, Finding, type Locale, STATUS, type UploadedFile, type WirePredictionNote } from '#contract';
import { RunEntity } from '#persistence';

import { askWorker } from '../job/ask-worker.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
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
    const run = await rowById(ports.db.manager, RunEntity, form.run_id, 'run-not-found');
    if (run.status !== STATUS.finished) throw new AppError('run-not-finished', { id: run.id });
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
