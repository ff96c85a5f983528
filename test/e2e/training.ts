import pg from 'pg';

import type { RunningMillrace } from '#testing';

import type { Caller } from './caller.js';

/** Values by metric. */
export type Values = Record<string, number>;
/** What the stories read of a run. */
export interface Run {
  id: number;
  status: number;
  train_metrics: Values | null;
  validation_metrics: Values | null;
  test_metrics: Values | null;
  split_indexes: string;
  parameters: Record<string, unknown>;
}

const SPLITS = JSON.stringify({
  splitter_name: 'HoldoutSplitter',
  splitType: 'random',
  train: 0.6,
  validation: 0.2,
  test: 0.2,
  shuffle: true,
  stratify: false,
  random_state: 42,
  is_random: true,
});
/** The body of a new session with our usual metrics and split. */
export const session = (dataset: number, name: string, fields: object) => ({
  dataset_id: dataset,
  name,
  task_name: 'TabularClassificationTask',
  train_metrics: ['Accuracy', 'F1'],
  validation_metrics: ['Accuracy', 'F1'],
  test_metrics: ['Accuracy', 'F1', 'LogLoss', 'ROCAUC'],
  evaluation_strategy: 'HoldoutEvaluationStrategy',
  splits: SPLITS,
  ...fields,
});
/** The body of a new run, with the empty fields the real client sends. */
export const newRun = (sessionId: number, model: string, parameters: object = {}, more: object = {}) => ({
  model_session_id: sessionId,
  model_name: model,
  name: `${model} run`,
  parameters,
  optimizer_name: '',
  optimizer_parameters: {},
  plot_history_path: '',
  plot_slice_path: '',
  plot_contour_path: '',
  plot_importance_path: '',
  goal_metric: '',
  ...more,
});
/** Creates a run, trains it and reads it again. */
export async function trained(
  api: Caller,
  sessionId: number,
  model: string,
  parameters: object = {},
  more: object = {},
): Promise<Run> {
  const { id } = await api.ok<Run>('POST', '/run/', newRun(sessionId, model, parameters, more));
  await api.run('ModelJob', { run_id: id });
  return api.ok('GET', `/run/${id}`);
}

/** Trains as many runs at once as there are workers, until each worker has trained one; answers the test scores of each. */
export async function scoredByEach(
  { databaseUrl, workers }: RunningMillrace,
  api: Caller,
  sessionId: number,
): Promise<Values[]> {
  const db = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  const scores = new Map<string, Values>();
  const train = async (): Promise<void> => {
    const { id } = await api.ok<Run>('POST', '/run/', newRun(sessionId, 'LinearRegression'));
    const job = await api.submit('ModelJob', { run_id: id });
    const end = await api.end(job);
    if (end.status !== 'finished') throw new Error(`run ${id} ended as ${end.status}: ${end.error ?? ''}`);
    const { rows } = await db.query<{ worker_id: string }>('SELECT worker_id FROM job WHERE id = $1', [job]);
    scores.set(rows[0]!.worker_id, (await api.ok<Run>('GET', `/run/${id}`)).test_metrics!);
  };
  try {
    while (scores.size < workers.length) await Promise.all(workers.map(train));
  } finally {
    await db.end();
  }
  return [...scores.values()];
}
