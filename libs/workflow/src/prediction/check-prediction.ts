import { z } from 'zod';

import {
  AppError,
  ColumnReport,
  Finding,
  type Locale,
  PredictionPolicy,
  type Records,
  type WirePredictionReport,
} from '#contract';

import { finishedDataset } from '../dataset/dataset-table.js';
import { askWorker } from '../job/ask-worker.js';
import type { Ports } from '../ports.js';
import { finishedRun } from '../run/finished-run.js';
import { wireNote } from './wire-prediction.js';

const Checked = z.object({ rowCount: z.int(), columns: z.array(ColumnReport), findings: z.array(Finding) });
/** All rows are looked at, so it takes as long as reading them. */
const TIMEOUT_MS = 60_000;

/** Data to hold against a run. */
interface Question {
  readonly run_id: number;
  readonly dataset_id?: number | null | undefined;
  readonly split?: string | null | undefined;
  readonly manual_input_data?: Records | null | undefined;
  readonly policy?: PredictionPolicy | undefined;
}

/**
 * Says column by column how data fit a run and what the policy would make of them. Nothing is stored.
 * @throws AppError `run-not-found`, `run-not-finished`, `dataset-not-found`, `dataset-not-finished`, `split-unknown`,
 * `manual-input-invalid`, `unavailable` when no worker answers in time.
 */
export async function checkPrediction(
  ports: Ports,
  given: Question,
  { requestId, locale }: { requestId: string | null; locale: Locale },
): Promise<WirePredictionReport> {
  const run = await finishedRun(ports.db.manager, given.run_id);
  if (given.dataset_id != null) await finishedDataset(ports, given.dataset_id);
  else if (!given.manual_input_data)
    throw new AppError('manual-input-invalid', { reason: 'dataset_id, manual_input_data' });
  const policy = given.policy ?? PredictionPolicy.parse({});
  const kwargs = {
    run_id: run.id,
    dataset_id: given.dataset_id ?? null,
    split: given.split ?? null,
    rows: given.manual_input_data ?? null,
    policy,
  };
  const checked = Checked.parse(await askWorker(ports, { type: 'CheckPredictionJob', kwargs, requestId }, TIMEOUT_MS));
  const { columns, findings, rowCount } = checked;
  const notes = findings.map((finding) => wireNote(finding, locale));
  const about = new Set(columns.map(({ name }) => name));
  return {
    rows: rowCount,
    runnable: findings.every(({ outcome }) => outcome !== 'refused'),
    policy,
    columns: columns.map((column) => ({ ...column, notes: notes.filter((note) => note.column === column.name) })),
    notes: notes.filter(({ column }) => column === null || !about.has(column)),
  };
}
