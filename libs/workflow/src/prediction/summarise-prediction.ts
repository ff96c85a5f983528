import { AppError, type WirePredictionSummary } from '#contract';
import { isNumericType } from '#frame';
import { ModelSessionEntity, PredictionEntity, RunEntity } from '#persistence';
import { tableKey } from '#storage';

import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';

const MOST_CLASSES = 100;
const SAMPLE = 50;

/** What a prediction says at a glance. @throws AppError `prediction-not-found`, `prediction-not-finished`. */
export async function summarisePrediction({ db, storage, tables }: Ports, id: number): Promise<WirePredictionSummary> {
  const prediction = await rowById(db.manager, PredictionEntity, id, 'prediction-not-found');
  if (prediction.results_path === null) throw new AppError('prediction-not-finished', { id });
  const run = await rowById(db.manager, RunEntity, prediction.run_id, 'run-not-found');
  const session = await rowById(db.manager, ModelSessionEntity, run.model_session_id, 'model-session-not-found');
  const folder = await storage.materialise(tableKey(prediction.results_path));
  const output = session.output_columns[0]!;
  const { columns, rows: total } = await tables.readMeta(folder);
  const { distinct, values } = await tables.countValues(folder, output, MOST_CLASSES);
  const { rows } = await tables.page(folder, { offset: 0, limit: SAMPLE });
  return {
    total_data_points: total,
    data_type: isNumericType(columns.find(({ name }) => name === output)!.type.type) ? 'numeric' : 'string',
    Unique_classes: distinct,
    class_distribution: values.map(({ value, rows: count }, at) => ({
      id: at + 1,
      Class: String(value),
      Ocurrences: count,
      Percentage: Math.round((count / total) * 10_000) / 100,
    })),
    sample_data: rows.map((row, at) => ({ id: at + 1, value: row[output] ?? null })),
  };
}
