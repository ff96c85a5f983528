import { parentPort, threadId, workerData } from 'node:worker_threads';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { pluginSet, type TaskHost } from '#compute';
import { createLogger, loadConfig } from '#config';
import type { MetricPoint, TaskName } from '#contract';
import { kernels } from '#learn';
import { Cancelled } from '#linalg';
import { DiskStorage } from '#storage';
import { openTables } from '#tables';

import { FLAG, type FromChild, type StartHelper, type ThreadData, type ToChild } from './messages.js';
import { openTextEngine } from '../text-engine/open-text-engine.js';
import { openParallel } from './parallel.js';
import { reporter } from './reporter.js';
import { taskFailure } from './task-failure.js';

/** The compute thread of a child: runs one task after another. It may block; the child's main thread does not. */
type Tasks = Readonly<Record<TaskName, (input: unknown, host: TaskHost) => Promise<unknown>>>;

const config = loadConfig();
const { flags, engineFolder } = workerData as ThreadData;
const log = createLogger(config.logLevel, { program: 'compute' });
const storage = new DiskStorage(config.dataDir);
const tables = await openTables({
  directories: [config.dataDir],
  tempDirectory: join(engineFolder, String(threadId)),
  memoryLimitBytes: Math.floor(config.childMemoryBytes / 2),
  threads: config.threads,
  maxColumns: config.maxColumns,
});
const tick = (): void => {
  if (Atomics.load(flags, FLAG.cancel) === 1) throw new Cancelled();
};
const parallel = openParallel({
  threads: config.threads,
  kernels,
  flags,
  startHelper: (data) => parentPort!.postMessage({ kind: 'start-helper', data } satisfies StartHelper, [data.port]),
});
const pluginFolder = join(engineFolder, 'plugins');
const wanted = pluginSet({ storage, folder: pluginFolder, log });
const tasks = await loadTasks();

parentPort!.on('message', (message: ToChild) => {
  if (message.kind === 'run') void run(message);
});
tell({ kind: 'ready' });

async function run({ id, name, input, fields, plugins }: ToChild & { kind: 'run' }): Promise<void> {
  const report = reporter({
    progress: (fraction, message) => tell({ kind: 'progress', id, fraction, message }),
    metrics: (points: readonly MetricPoint[]) => tell({ kind: 'metrics', id, points }),
  });
  const taskLog = log.child({ task: name, ...fields });
  const host: TaskHost = {
    storage,
    tables,
    tick,
    parallel,
    pluginFolder: config.pluginsEnabled ? pluginFolder : undefined,
    textEngine: () => openTextEngine(config),
    log: taskLog,
    progress: (fraction, message) => report.progress(fraction, message),
    metrics: (points) => report.metrics(points),
  };
  try {
    await wanted.use(plugins);
    const output = await tasks[name](input, host);
    report.flush();
    tell({ kind: 'done', id, output });
  } catch (error) {
    const failure = taskFailure(error);
    if (failure.detail !== null) taskLog.error({ error: failure.detail, code: failure.error.code }, 'task failed');
    tell({ kind: 'failed', id, failure });
  }
}

async function loadTasks(): Promise<Tasks> {
  const url = config.tasksModule === undefined ? '#compute' : pathToFileURL(config.tasksModule).href;
  const { tasks } = (await import(url)) as { tasks: Tasks };
  return tasks;
}

function tell(message: FromChild): void {
  parentPort!.postMessage(message);
}
