import { randomUUID } from 'node:crypto';
import { join } from 'node:path';

import { beforeAll } from 'vitest';

import { type ColumnType, type ComponentManifest, float, int, string, STATUS } from '#contract';
import { newToken, tableKey } from '#storage';

import type { ApiHouse } from './api.fixture.js';

/** Rows as jobs leave them, for specs of an API that no worker stands behind. */
export interface Workbench {
  /** A finished data set: `a`, `b` numbers, `kind` a class. */
  readonly dataset: (columns?: Readonly<Record<string, unknown>>) => Promise<number>;
  /** Of the task `Sorting`, from `a` to `kind`. */
  readonly session: (columns?: Readonly<Record<string, unknown>>) => Promise<number>;
  /** A finished run of the model `Sorter`. */
  readonly run: (columns?: Readonly<Record<string, unknown>>) => Promise<number>;
  /** A row of any table. */
  readonly insert: (table: string, columns: Readonly<Record<string, unknown>>) => Promise<number>;
  /** All rows of tables, to see that nothing changed. */
  readonly rows: (...tables: string[]) => Promise<unknown>;
}

const text = { en: '', es: '', pt: '', de: '', zh: '' };
type Given = Partial<ComponentManifest> & Pick<ComponentManifest, 'name' | 'type'>;
const manifest = (given: Given): ComponentManifest => ({
  ancestors: [], displayName: text, description: text, color: null, schema: null, fields: {}, metadata: {}, compatible: ['Sorting'], ...given,
}); // prettier-ignore
const columns = { inputs_types: ['Float'], outputs_types: ['Categorical'], inputs_cardinality: 'n', outputs_cardinality: 1 }; // prettier-ignore
const share = int({ default: 1, min: 1 });
const n_splits = int({ default: 5, min: 2, max: 20 });

/** Small components of every kind the routes ask about; `Guessing` is a task that none of them does. */
const MANIFESTS: readonly ComponentManifest[] = [
  manifest({ name: 'Sorting', type: 'Task', compatible: [], metadata: columns }),
  manifest({ name: 'Guessing', type: 'Task', compatible: [], metadata: { ...columns, outputs_types: ['Float'] } }),
  manifest({ name: 'Sorter', type: 'Model', fields: { depth: int({ default: 3, min: 1, search: { low: 1, high: 9 } }) } }),
  manifest({ name: 'Guesser', type: 'Model', compatible: ['Guessing'] }),
  manifest({ name: 'Accuracy', type: 'Metric' }),
  manifest({ name: 'Tuner', type: 'Optimizer', fields: { n_trials: int({ default: 10, min: 1 }) } }),
  manifest({ name: 'Holdout', type: 'EvaluationStrategy', metadata: { kind: 'holdout' } }),
  manifest({ name: 'Folds', type: 'EvaluationStrategy', metadata: { kind: 'cv' } }),
  manifest({ name: 'HoldoutSplitter', type: 'Splitter', fields: { test: float({ default: 0.2, min: 0, max: 1 }) }, metadata: { partitioning: 'holdout' } }),
  manifest({ name: 'KFoldSplitter', type: 'Splitter', fields: { n_splits }, metadata: { partitioning: 'folds', compatibleInnerSplitters: ['KFoldSplitter'] } }),
  manifest({ name: 'LeaveOneOut', type: 'Splitter', metadata: { partitioning: 'folds', most_rows: 1000 } }),
  manifest({ name: 'Grouped', type: 'Splitter', fields: { group: string({ default: '' }) }, metadata: { partitioning: 'folds', group_param: 'group' } }),
  manifest({ name: 'GlobalWhy', type: 'GlobalExplainer', fields: { share } }),
  manifest({ name: 'LocalWhy', type: 'LocalExplainer', fields: { share } }),
  manifest({ name: 'Matrix', type: 'Report', fields: { share } }),
  manifest({ name: 'PairedTest', type: 'StatisticalTest', compatible: [], metadata: { min_runs: 2, max_runs: 2, interpretation: {} } }),
]; // prettier-ignore

const numeric: ColumnType = { type: 'Float', dtype: 'float64' };
const sorted: ColumnType = { type: 'Categorical', dtype: 'string', categories: ['x', 'y'], num_categories: 2 };

/** Fills the house with components; rows are made as a spec asks for them. */
export function workbench(house: ApiHouse): Workbench {
  beforeAll(async () => {
    const { db, catalogue } = house.ports;
    await db.query(
      `INSERT INTO component (name, position, manifest) SELECT m ->> 'name', n, m FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS all_of (m, n)`,
      [JSON.stringify(MANIFESTS)],
    );
    await catalogue.refresh();
  });
  const insert: Workbench['insert'] = async (table, given) => {
    const values = Object.values(given).map((value) => (typeof value === 'object' && value !== null ? JSON.stringify(value) : value)); // prettier-ignore
    const [row] = await house.ports.db.query<[{ id: number }]>(
      `INSERT INTO ${table} (${Object.keys(given).join(', ')}) VALUES (${values.map((_value, at) => `$${at + 1}`).join(', ')}) RETURNING id`,
      values,
    );
    return row.id;
  };
  const dataset: Workbench['dataset'] = async (given) => {
    const token = newToken('dataset');
    const types = { a: numeric, b: numeric, kind: sorted };
    const named = Object.entries(types).map(([name, type], at) => ({ id: `c${at}`, name, type }));
    const { ports } = house;
    const folder = join(ports.config.dataDir, tableKey(token));
    await ports.tables.writeMeta(folder, { version: 1, rows: 10, columns: named, notes: [] });
    const row = { name: randomUUID(), status: STATUS.finished, file_path: token, total_rows: 10, total_columns: 3 };
    return insert('dataset', { ...row, ...given });
  };
  const session: Workbench['session'] = async (given = {}) =>
    insert('model_session', {
      name: randomUUID(),
      task_name: 'Sorting',
      input_columns: ['a'],
      output_columns: ['kind'],
      train_metrics: ['Accuracy'],
      validation_metrics: ['Accuracy'],
      test_metrics: ['Accuracy'],
      evaluation_strategy: 'Holdout',
      splits: '{"splitter_name":"HoldoutSplitter"}',
      ...given,
      dataset_id: given['dataset_id'] ?? (await dataset()),
    });
  const run: Workbench['run'] = async (given = {}) =>
    insert('run', {
      name: 'trained',
      model_name: 'Sorter',
      status: STATUS.finished,
      parameters: {},
      optimizer_name: '',
      optimizer_parameters: {},
      goal_metric: '',
      split_sizes: { train: 8, validation: 1, test: 1 },
      ...given,
      model_session_id: given['model_session_id'] ?? (await session()),
    });
  const rows: Workbench['rows'] = async (...tables) => {
    const all = tables.map((table) => `(SELECT jsonb_agg(t ORDER BY id) FROM ${table} t) AS ${table}`);
    return house.ports.db.query(`SELECT ${all.join(', ')}`);
  };
  return { dataset, session, run, insert, rows };
}
