import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { AppError, MetricPoint, SessionPlan, TaskInput, TaskOutput } from '#contract';
import { categoricalColumn, type Column, createFrame, type Frame, numericColumn, select, takeRows } from '#frame';
import { kernels } from '#learn';
import { random, serial } from '#linalg';
import { DiskStorage } from '#storage';

import type { TaskHost } from './host.js';
import { trainRun } from './train/train-run.task.js';

/** A categorical column. */
export const words = (name: string, values: readonly (string | null)[]): Column => categoricalColumn(name, values);

/** 150 rows: a class that depends on `length` and `colour`, a number that depends on them, and a column with holes. */
export function table(): Frame {
  const { normal, below } = random(1);
  const rows = Array.from({ length: 150 }, (_, i) => ({ kind: i % 3, colour: below(3), noise: normal() }));
  return createFrame([
    numericColumn(
      'length',
      rows.map(({ kind, noise }) => 4 * kind + noise),
    ),
    words(
      'colour',
      rows.map(({ colour }) => ['red', 'green', 'blue'][colour]!),
    ),
    numericColumn(
      'holed',
      rows.map(({ kind }, i) => (i % 10 === 0 ? NaN : kind)),
    ),
    words(
      'species',
      rows.map(({ kind }) => ['setosa', 'versicolor', 'virginica'][kind]!),
    ),
    numericColumn(
      'price',
      rows.map(({ kind, colour, noise }) => 10 * kind - 5 * colour + noise),
    ),
    words(
      'constant',
      rows.map(() => 'same'),
    ),
  ]);
}

/** A host over one table in memory and a temporary folder; it remembers what it was told. */
export interface FakeHost extends TaskHost {
  readonly live: MetricPoint[];
  readonly said: [number | null, string][];
  readonly written: Map<string, Frame>;
  bytes(key: string): Buffer;
}

/** A host whose only table is this frame. */
export function fakeHost(frame: Frame, options: { threads?: number; tick?: () => void } = {}): FakeHost {
  const root = mkdtempSync(join(tmpdir(), 'compute-'));
  const live: MetricPoint[] = [];
  const said: [number | null, string][] = [];
  const written = new Map<string, Frame>();
  const silent = (): void => undefined;
  const log = { debug: silent, info: silent, warn: silent, error: silent, child: () => log };
  const tables = {
    readMeta: () =>
      Promise.resolve({ rows: frame.rows, columns: frame.columns.map(({ name, type }) => ({ name, type })) }),
    writeMeta: () => Promise.resolve(),
    appendColumns: (_: string, fresh: Frame) => {
      const kept = frame.columns.filter(({ name }) => fresh.columns.every((column) => column.name !== name));
      return tables.writeFrame(createFrame([...kept, ...fresh.columns], frame.rows));
    },
    readFrame: (_: string, { columns, rows }: { columns?: readonly string[]; rows?: number[] } = {}) => {
      const chosen = columns ? select(frame, columns) : frame;
      return Promise.resolve(rows ? takeRows(chosen, rows) : chosen);
    },
    writeFrame: (fresh: Frame) => {
      written.set('table', fresh);
      return Promise.resolve({ rows: fresh.rows, columns: fresh.columns });
    },
  };
  return {
    storage: new DiskStorage(root),
    tables: tables as unknown as TaskHost['tables'],
    tick: options.tick ?? silent,
    textEngine: () => Promise.reject(new Error('no engine here')),
    parallel: { ...serial(kernels), threads: options.threads ?? 1 },
    progress: (fraction, message) => void said.push([fraction, message]),
    metrics: (points) => void live.push(...points),
    log,
    live,
    said,
    written,
    bytes: (key) => readFileSync(join(root, key)),
  };
}

/** A classification of `species`. */
export const session = (change: Partial<SessionPlan> = {}): SessionPlan => ({
  task: 'TabularClassificationTask',
  inputColumns: ['length', 'colour'],
  outputColumns: ['species'],
  metrics: { train: ['Accuracy'], validation: ['Accuracy', 'LogLoss'], test: ['F1'] },
  evaluationStrategy: 'HoldoutEvaluationStrategy',
  splits: { splitter_name: 'HoldoutSplitter', params: { stratify: true } },
  ...change,
});
/** A regression of `price`. */
export const regression = (change: Partial<SessionPlan> = {}): SessionPlan =>
  session({
    task: 'RegressionTask',
    outputColumns: ['price'],
    metrics: { train: ['R2'], validation: ['MAE'], test: ['RMSE'] },
    splits: { splitter_name: 'HoldoutSplitter', params: {} },
    ...change,
  });
/** The input of a training. */
export const run = (
  plan: SessionPlan,
  model: string,
  params = {},
  optimizer: TaskInput<'train-run'>['optimizer'] = null,
  nested: TaskInput<'train-run'>['nested'] = null,
): TaskInput<'train-run'> => ({
  tableKey: 'tables/one',
  session: plan,
  model: { component: model, params },
  optimizer,
  nested,
  known: [],
  handOverMs: 1e9,
  stateKey: 'runs/1/state',
  splitsKey: 'runs/1/splits',
});

/** What a training comes to that runs to its end here. */
export async function train(input: TaskInput<'train-run'>, host: TaskHost): Promise<Trained> {
  const output = await trainRun(input, host);
  if (output.kind !== 'trained') throw new Error('the search was handed over');
  return output;
}
type Trained = Extract<TaskOutput<'train-run'>, { readonly kind: 'trained' }>;

/** The code and values of the error a task ends with; texts in English. */
export async function failure(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
  } catch (error) {
    const { code: name, values = {} } = error as Partial<AppError>;
    const shown = Object.entries(values).map(([key, value]) => [key, typeof value === 'object' ? value.en : value]);
    return { code: name, ...Object.fromEntries(shown) };
  }
  return undefined;
}
