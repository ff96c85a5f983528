import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { afterAll, beforeAll, beforeEach } from 'vitest';

import { createLogger, loadConfig } from '#config';
import { type ComponentManifest, type Compute, float, int, type MetricPoint } from '#contract';
import { runKey } from '#storage';
import { testDatabase } from '#testing';

import { syncComponents } from '../component/sync-components.js';
import { LeaseKeeper } from '../job/lease-keeper.js';
import { openPorts } from '../open-ports.js';
import type { Ports } from '../ports.js';
import { createRun } from './create-run.js';

const log = createLogger('silent');
/** Doors over a database of the spec file that called {@link runsHouse}; set before its first test. */
export let ports: Ports;
let home: string;
export let leases: LeaseKeeper;
let close: () => Promise<void>;

const text = { en: '', es: '', pt: '', de: '', zh: '' };
const manifest = (
  change: Partial<ComponentManifest> & Pick<ComponentManifest, 'name' | 'type'>,
): ComponentManifest => ({
  ancestors: [],
  displayName: text,
  description: text,
  color: null,
  schema: null,
  fields: {},
  metadata: {},
  compatible: ['T'],
  ...change,
});
const n_splits = int({ default: 5, min: 2, max: 20 });
const test_size = float({ default: 0.1, min: 0, max: 0.5 });
const folds = { partitioning: 'folds', compatibleInnerSplitters: ['KFoldSplitter'] };
const manifests: readonly ComponentManifest[] = [
  manifest({ name: 'T', type: 'Task', compatible: [] }),
  manifest({ name: 'M', type: 'Model', fields: { depth: int({ default: 3, min: 1, search: { low: 1, high: 9 } }) } }),
  manifest({ name: 'Accuracy', type: 'Metric' }),
  manifest({ name: 'O', type: 'Optimizer', fields: { n_trials: int({ default: 10, min: 1 }) } }),
  manifest({ name: 'HoldoutSplitter', type: 'Splitter', metadata: { partitioning: 'holdout' } }),
  manifest({ name: 'KFoldSplitter', type: 'Splitter', fields: { n_splits, test_size }, metadata: folds }),
  manifest({
    name: 'RepeatedKFoldSplitter',
    type: 'Splitter',
    fields: { n_splits, n_repeats: int({ default: 2, min: 2, max: 10 }), test_size },
    metadata: folds,
  }),
];

let datasetId: number;

/** Opens {@link ports} for a spec file, and closes them after it; files of one process come one after the other. */
export function runsHouse(): void {
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'millrace-runs-'));
    const database = await testDatabase({ migrated: true });
    const opened = await openPorts(loadConfig({ MILLRACE_HOME: home, DATABASE_URL: database.url }), log, {
      poolSize: 8,
    });
    ports = opened.ports;
    const describing = { run: () => Promise.resolve({ manifests }) } as unknown as Compute;
    await syncComponents(ports, describing, new AbortController().signal);
    await ports.catalogue.refresh();
    leases = new LeaseKeeper(ports.db, randomUUID(), ports.feed, log);
    close = async () => {
      leases.close();
      await opened.close();
      await database.drop();
      await rm(home, { recursive: true, force: true });
    };
  });
  afterAll(() => close());
  beforeEach(async () => {
    await ports.db.query('DELETE FROM dataset');
    const [row] = await ports.db.query<[{ id: number }]>(
      `INSERT INTO dataset (name, status, file_path) VALUES ('d', 3, $1) RETURNING id`,
      [`dataset-${randomUUID()}`],
    );
    datasetId = row.id;
  });
}

/** A run of a new session with these splits. */
export async function newRun(
  splits: object = { splitter_name: 'HoldoutSplitter' },
  change: object = {},
): Promise<number> {
  const [session] = await ports.db.query<[{ id: number }]>(
    `INSERT INTO model_session (dataset_id, name, task_name, input_columns, output_columns, train_metrics, validation_metrics,
       test_metrics, evaluation_strategy, splits)
     VALUES ($1, $2, 'T', '["a"]', '["b"]', '["Accuracy"]', '["Accuracy"]', '["Accuracy"]', 'S', $3) RETURNING id`,
    [datasetId, randomUUID(), JSON.stringify(splits)],
  );
  const body = {
    model_session_id: session.id,
    model_name: 'M',
    name: 'r',
    parameters: {},
    optimizer_name: '',
    optimizer_parameters: {},
    goal_metric: '',
  };
  return (await createRun(ports, { ...body, ...change })).id;
}

/** A validation score of a fold, unless changed. */
export const point = (change: Partial<MetricPoint>): MetricPoint => ({
  split: 'validation',
  level: 'fold',
  name: 'Accuracy',
  step: 0,
  value: 0.5,
  ...change,
});
/** Puts a run where training left it, with its files. */
export async function finish(id: number, points: readonly MetricPoint[] = []): Promise<void> {
  const key = `${runKey(id)}/x`;
  const plot = { type: 'plotly', payload: '{"data":[],"layout":{}}', title: null, role: 'explanation', index: 0 };
  for (const name of ['state', 'splits', 'history', 'slice', 'contour', 'importance'])
    await ports.storage.write(`${key}-${name}`, Readable.from([Buffer.from(JSON.stringify(plot))]));
  await ports.db.query(
    `UPDATE run SET status = 3, run_path = $2 || '-state', plot_history_path = $2 || '-history', plot_slice_path = $2 || '-slice',
       plot_contour_path = $2 || '-contour', plot_importance_path = $2 || '-importance', artifacts = '[{"type":"text"}]',
       start_time = now(), end_time = now(), split_sizes = '{"train":1,"validation":0,"test":0}' WHERE id = $1`,
    [id, key],
  );
  await ports.tracking.append(id, points);
}
/** Names of what a run has in storage. */
export const filesOf = (id: number): Promise<string[]> =>
  readdir(join(ports.config.dataDir, runKey(id))).catch(() => []);
