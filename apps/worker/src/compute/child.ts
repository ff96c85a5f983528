import { setPriority } from 'node:os';
import { Worker } from 'node:worker_threads';

import { loadConfig } from '#config';

import { FLAG, type FromChild, type ThreadData, type ToChild } from './messages.js';
import { taskFailure } from './task-failure.js';

/** The main thread of a compute child: it never computes, so that it hears cancellations, watches the memory and ends with its parent. */
const NICE = 10;
const WATCH_MS = 50;

// Before any thread starts, since threads inherit it: computing must leave the API and the worker their share.
setPriority(NICE);
const { childMemoryBytes } = loadConfig();
/** Chosen by the slot, which removes it. */
const engineFolder = process.argv[2]!;
const flags = new Int32Array(new SharedArrayBuffer(4 * Object.keys(FLAG).length));
let running: number | null = null;
let thread = startThread();

// Ctrl-C reaches the whole group of processes; the worker decides what becomes of the task.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
// `exit` would wait for a thread that is inside native code.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
process.on('message', (message: ToChild) => {
  if (message.kind === 'run') {
    running = message.id;
    Atomics.store(flags, FLAG.cancel, 0);
    thread.postMessage(message);
  } else if (message.id === running) {
    Atomics.store(flags, FLAG.cancel, 1);
  }
});
setInterval(watchMemory, WATCH_MS);

function startThread(): Worker {
  const workerData: ThreadData = { flags, engineFolder };
  // The watch bounds all memory of the process; the thread's own limit on JavaScript's part must not come first.
  const resourceLimits = { maxOldGenerationSizeMb: Math.ceil(childMemoryBytes / 1024 ** 2) };
  const started = new Worker(new URL('./thread.js', import.meta.url), { workerData, resourceLimits });
  started.on('message', (message: FromChild) => {
    if ('id' in message && message.id !== running) return;
    if (message.kind === 'done' || message.kind === 'failed') running = null;
    tell(message);
  });
  started.on('error', (error) => {
    if (running !== null) tell({ kind: 'failed', id: running, failure: taskFailure(error) });
    running = null;
    thread = startThread();
  });
  return started;
}

function watchMemory(): void {
  const rssBytes = process.memoryUsage.rss();
  if (rssBytes <= childMemoryBytes) return;
  tell({ kind: 'out-of-memory', rssBytes }, () => process.kill(process.pid, 'SIGKILL'));
}

function tell(message: FromChild, sent: () => void = () => undefined): void {
  process.send?.(message, undefined, {}, () => sent());
}
