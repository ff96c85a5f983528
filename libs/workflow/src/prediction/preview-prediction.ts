import { z } from 'zod';

import { AppError, STATUS } from '#contract';
import { RunEntity } from '#persistence';

import { askWorker } from '../job/ask-worker.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';

const Rows = z.array(z.record(z.string(), z.unknown())).min(1).max(10_000);
const Preview = z.object({ columns: z.array(z.string()), rows: z.array(z.array(z.unknown())) });
const TIMEOUT_MS = 30_000;

/**
 * Predicts a few rows and waits for the answer; nothing is stored.
 * @throws AppError `run-not-found`, `run-not-finished`, `manual-input-invalid`, what the prediction says, `unavailable` when no
 * worker answers in time.
 */
export async function previewPrediction(
  ports: Ports,
  given: { run_id: number; manual_input_data: string },
  requestId: string | null,
): Promise<z.infer<typeof Preview>> {
  const run = await rowById(ports.db.manager, RunEntity, given.run_id, 'run-not-found');
  if (run.status !== STATUS.finished) throw new AppError('run-not-finished', { id: run.id });
  const rows = Rows.safeParse(parse(given.manual_input_data));
  if (!rows.success) throw new AppError('manual-input-invalid', { reason: rows.error.issues[0]?.message ?? '' });
  const asked = { type: 'PreviewJob', kwargs: { run_id: run.id, rows: rows.data }, requestId };
  return Preview.parse(await askWorker(ports, asked, TIMEOUT_MS));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new AppError('manual-input-invalid', { reason: 'JSON' });
  }
}
