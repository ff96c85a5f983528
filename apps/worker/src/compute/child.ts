import { readdirSync } from 'node:fs';
import { getPriority, setPriority } from 'node:os';
import { Worker } from 'node:worker_threads';

import { loadConfig } from '#config';

import type { KernelThreadData } from './kernel-messages.js';
import { FLAG, type FromChild, type FromThread, GUARDED, type ThreadData, type ToChild } from './messages.js';
import { startKernelThread } from './parallel.js';
import { taskFailure } from './task-failure.js';

/** The main thread of a compute child: it never computes, so that it hears cancellations, watches the memory and ends with its parent. */
const NICE = 10;
const WATCH_MS = 50;

const { childMemoryBytes } = loadConfig();
/** Chosen by the slot, which removes it. */
const engineFolder = process.argv[2]!;
const guarded = process.argv[3] === GUARDED;
const flags = new Int32Array(new SharedArrayBuffer(4 * Object.keys(FLAG).length));
let running: number | null = null;
const helpers: Worker[] = [];
let thread = startThread();

// Ctrl-C reaches the whole group of processes; the worker decides what becomes of the task.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => undefined);
// `exit` would wait for a thread that is inside native code.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
// A parent that died while this child was loading is not told any more.
if (!process.connected) process.kill(process.pid, 'SIGKILL');
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
  const workerData: ThreadData = { flags, engineFolder, guarded };
  // The watch bounds all memory of the process; the thread's own limit on JavaScript's part must not come first.
  const resourceLimits = { maxOldGenerationSizeMb: Math.ceil(childMemoryBytes / 1024 ** 2) };
  const started = new Worker(new URL('./thread.js', import.meta.url), { workerData, resourceLimits });
  started.on('message', (message: FromThread) => {
    if (message.kind === 'start-helper') {
      startHelper(message.data);
      return;
    }
    if (message.kind === 'ready') beNice();
    if ('id' in message && message.id !== running) return;
    if (message.kind === 'done' || message.kind === 'failed') running = null;
    tell(message);
  });
  let cause: unknown = new Error('the compute thread ended');
  started.on('error', (error) => {
    cause = error;
  });
  // Code that asks for the end of its process ends its thread alone, without an error.
  started.on('exit', () => {
    if (running !== null) tell({ kind: 'failed', id: running, failure: taskFailure(cause) });
    running = null;
    for (const helper of helpers.splice(0)) void helper.terminate();
    thread = startThread();
  });
  return started;
}

/**
 * Helpers of the compute thread. One that dies would be waited for until somebody cancels: nothing of the child is to be trusted
 * then, and the job runs again in a new one.
 */
function startHelper(data: KernelThreadData): void {
  const helper = startKernelThread(data);
  helpers.push(helper);
  let cause: unknown;
  helper.on('error', (error) => {
    cause = error;
  });
  helper.on('exit', () => {
    if (!helpers.includes(helper)) return;
    const end = (): void => void process.kill(process.pid, 'SIGKILL');
    if (taskFailure(cause).error.code === 'out-of-memory')
      tell({ kind: 'out-of-memory', rssBytes: process.memoryUsage.rss() }, end);
    else {
      process.stderr.write(
        `a helper thread died: ${cause instanceof Error ? (cause.stack ?? cause.message) : 'exit'}\n`,
      );
      end();
    }
  });
}

/** Computing must leave the API and the worker their share. Priorities are those of threads on Linux; later threads inherit them. */
function beNice(): void {
  const nice = Math.max(NICE, getPriority());
  setPriority(nice);
  if (process.platform !== 'linux') return;
  for (const thread of readdirSync('/proc/self/task')) {
    try {
      setPriority(Number(thread), nice);
    } catch {
      // It has ended meanwhile.
    }
  }
}

function watchMemory(): void {
  const rssBytes = process.memoryUsage.rss();
  if (rssBytes <= childMemoryBytes) return;
  tell({ kind: 'out-of-memory', rssBytes }, () => process.kill(process.pid, 'SIGKILL'));
}

function tell(message: FromChild, sent: () => void = () => undefined): void {
  process.send?.(message, undefined, {}, () => sent());
}
