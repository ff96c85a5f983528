import { parentPort, threadId, workerData } from 'node:worker_threads';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { pluginSet, type TaskHost } from '#compute';
import { createLogger, loadConfig } from '#config';
import { type MetricPoint, type TaskName, taskTraits } from '#contract';
import { kernels } from '#learn';
import { Cancelled } from '#linalg';
import { DiskStorage, ScratchStorage } from '#storage';
import { openTables, sealEngine } from '#tables';

import { FLAG, type FromChild, type StartHelper, type ThreadData, type ToChild } from './messages.js';
import { openTextEngine } from '../text-engine/open-text-engine.js';
import { openParallel } from './parallel.js';
import { reporter } from './reporter.js';
import { taskFailure } from './task-failure.js';

/** The compute thread of a child: runs one task after another. It may block; the child's main thread does not. */
type Tasks = Readonly<Record<TaskName, (input: unknown, host: TaskHost) => Promise<unknown>>>;

const config = loadConfig();
const { flags, engineFolder, guarded } = workerData as ThreadData;
/** Code of plugins is to find neither this nor a network; see `closeDoors`. */
const port = parentPort!;
const log = createLogger(config.logLevel, { program: 'compute' });
const disk = new DiskStorage(config.dataDir);
const storage = guarded ? new ScratchStorage(disk, engineFolder) : disk;
const tables = await openTables({
  directories: [config.dataDir],
  tempDirectory: join(engineFolder, String(threadId)),
  memoryLimitBytes: Math.floor(config.childMemoryBytes / 2),
  threads: config.threads,
  maxColumns: config.maxColumns,
  maxRows: config.maxRows,
  maxCells: config.maxCells,
});
const tick = (): void => {
  if (Atomics.load(flags, FLAG.cancel) === 1) throw new Cancelled();
};
const parallel = openParallel({
  threads: config.threads,
  kernels,
  flags,
  startHelper: (data) => port.postMessage({ kind: 'start-helper', data } satisfies StartHelper, [data.port]),
});
const pluginFolder = join(engineFolder, 'plugins');
const wanted = pluginSet({ storage, folder: pluginFolder, log });
const tasks = await loadTasks();
if (guarded) {
  sealEngine();
  (await import('./close-doors.js')).closeDoors();
}

port.on('message', (message: ToChild) => {
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
    pluginFolder: guarded ? pluginFolder : undefined,
    textEngine: () => openTextEngine(config),
    log: taskLog,
    progress: (fraction, message) => report.progress(fraction, message),
    metrics: (points) => report.metrics(points),
  };
  try {
    if (guarded) tell({ kind: 'loading', id });
    await wanted.use(plugins);
    // A plugin that is only looked at is loaded by the task itself.
    if (taskTraits[name].code !== 'looked-at') tell({ kind: 'begun', id });
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
  port.postMessage(message);
}
