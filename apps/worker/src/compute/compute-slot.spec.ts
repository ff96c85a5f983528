import { type ChildProcess, fork, type ForkOptions } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { getPriority, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { afterEach, describe, expect, test, vi } from 'vitest';

import { loadConfig, type Logger } from '#config';
import type { MetricPoint } from '#contract';

import type { ComputeSlot } from './compute-slot.js';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const built = join(root, 'dist', 'apps', 'worker', 'src', 'compute', 'compute-slot.js');
if (!existsSync(built)) throw new Error('run "npm run build" first: threads and children run compiled');
// Children and threads are started from compiled files, so the slot itself is the compiled one too.
const { ComputeSlot: Slot } = (await import(pathToFileURL(built).href)) as { ComputeSlot: typeof ComputeSlot };

const silent: Logger = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {}, child: () => silent };
const slots: ComputeSlot[] = [];
const folders = new Map<ComputeSlot, string>();
const settings = (env: Record<string, string>): Record<string, string> => {
  const home = mkdtempSync(join(tmpdir(), 'millrace-slot-'));
  const tasks = join(root, 'test', 'chaos', 'tasks.mjs');
  return { MILLRACE_HOME: home, MILLRACE_TASKS: tasks, MILLRACE_THREADS: '2', MILLRACE_LOG_LEVEL: 'silent', ...env };
};
const slot = (env: Record<string, string> = {}): ComputeSlot => {
  const all = settings(env);
  const launch = () => ({ program: process.execPath, flags: [], env: all });
  const opened = new Slot(silent, loadConfig(all).dataDir, {
    own: { guarded: false, loadMs: 0, launch },
    plugins: null,
  });
  slots.push(opened);
  folders.set(opened, join(loadConfig(all).dataDir, 'partial'));
  return opened;
};

interface Told {
  progress: [number | null, string][];
  points: MetricPoint[];
}
const run = (on: ComputeSlot, plan: Record<string, unknown>, signal = new AbortController().signal) => {
  const told: Told = { progress: [], points: [] };
  const events = {
    progress: (fraction: number | null, message: string) => told.progress.push([fraction, message]),
    metrics: (points: readonly MetricPoint[]) => told.points.push(...points),
  };
  const input = { stateKey: 's', source: { records: [plan] }, targetKey: null };
  const done = on.compute({}).run('predict-rows', input, events, signal) as unknown as Promise<Record<string, unknown>>;
  return { done, told };
};

/** A child without a slot. */
const forkChild = (options: ForkOptions = { execArgv: [] }): ChildProcess => {
  const env = settings({});
  const folder = join(loadConfig(env).dataDir, 'partial', 'engine-1');
  return fork(built.replace('compute-slot', 'child'), [folder], { env, serialization: 'advanced', ...options });
};
/** The process that has the slot's folder among its arguments. */
const childOf = (one: ComputeSlot): number | undefined =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && name !== String(process.pid))
    .map(Number)
    .find((pid) => argumentsOf(pid).includes(folders.get(one)!));
const argumentsOf = (pid: number): string => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
};
/** Of every thread. */
const nicenessOf = async (pid: number | undefined): Promise<number[]> => {
  const threads = await readdir(`/proc/${String(pid)}/task`);
  return threads.map((thread) => getPriority(Number(thread)));
};

afterEach(async () => {
  await Promise.all(slots.splice(0).map((opened) => opened.close()));
});

describe('a compute slot', () => {
  test('stays warm, and its child knows no secrets', async () => {
    const one = slot();
    const first = await run(one, {}).done;
    const second = await run(one, {}).done;
    expect(second['pid']).toBe(first['pid']);
    expect(second['secrets']).toEqual([]);
  });

  test('passes on progress, thinned, and every metric', async () => {
    const points = Array.from({ length: 2500 }, (_, step): MetricPoint => ({
      split: 'train',
      level: 'step',
      name: 'Loss',
      step,
      value: step,
    }));
    const { done, told } = run(slot(), { progress: 100, points });
    await done;
    expect(told.progress[0]).toEqual([0.1, 'loading-data']);
    expect(told.progress.at(-1)).toEqual([0.9, 'saving-results']);
    expect(told.progress.length).toBeLessThan(20);
    expect(told.points).toEqual(points);
  });

  test('cancels a task at its next tick and keeps the child', async () => {
    const one = slot();
    // On a busy machine a child may get no turn in its grace, and goes; one that had its turn is kept.
    for (let tries = 0; ; tries++) {
      const { pid } = await run(one, {}).done;
      const abort = new AbortController();
      const { done, told } = run(one, { spinMs: 60_000 }, abort.signal);
      await vi.waitFor(() => expect(told.progress).toHaveLength(1), 60_000);
      abort.abort('cancelled');
      const end: unknown = await done.catch((error: unknown) => error);
      if (tries < 20 && (end as { code?: string }).code === 'worker-lost') continue;
      expect(end).toMatchObject({ name: 'Cancelled' });
      expect((await run(one, {}).done)['pid']).toBe(pid);
      return;
    }
  });

  test('kills a task that does not tick, and works on with a new child', async () => {
    const one = slot();
    const { pid } = await run(one, {}).done;
    for (const reason of ['cancelled', 'lost']) {
      const abort = new AbortController();
      const { done, told } = run(one, { deafMs: 60_000 }, abort.signal);
      await vi.waitFor(() => expect(told.progress).toHaveLength(1), 60_000);
      abort.abort(reason);
      await expect(done).rejects.toMatchObject({ code: 'worker-lost' });
    }
    expect((await run(one, {}).done)['pid']).not.toBe(pid);
  });

  test('leaves nothing of what a killed child spilled, nor of the last one', async () => {
    const one = slot();
    await run(one, {}).done;
    const spilled = (): string[] => readdirSync(folders.get(one)!).filter((name) => name.startsWith('engine-'));
    const [first] = spilled();
    writeFileSync(join(folders.get(one)!, first!, 'spilled.block'), 'x');
    const abort = new AbortController();
    const { done, told } = run(one, { deafMs: 60_000 }, abort.signal);
    await vi.waitFor(() => expect(told.progress).toHaveLength(1), 60_000);
    abort.abort('lost');
    await expect(done).rejects.toMatchObject({ code: 'worker-lost' });
    await vi.waitFor(() => expect(spilled()).not.toContain(first), 60_000);
    await run(one, {}).done;
    expect(spilled()).toHaveLength(1);
    await one.close();
    expect(spilled()).toEqual([]);
  });

  test('ends a task that takes too much memory, on or off the heap', async () => {
    const one = slot({ MILLRACE_CHILD_MEMORY_BYTES: `${300 * 1024 ** 2}` });
    await expect(run(one, { allocateBytes: 2 ** 31 }).done).rejects.toMatchObject({ code: 'out-of-memory' });
    await expect(run(one, { grow: true }).done).rejects.toMatchObject({ code: 'out-of-memory' });
    expect(await run(one, {}).done).toHaveProperty('pid');
  });

  test('outlives a child that crashes', async () => {
    const one = slot();
    await expect(run(one, { crash: true }).done).rejects.toMatchObject({ code: 'worker-lost' });
    expect(await run(one, {}).done).toHaveProperty('pid');
  });

  test('notices a helper thread that dies while its task waits for it', async () => {
    const one = slot();
    const { pid } = await run(one, {}).done;
    await expect(run(one, { brokenHelper: true }).done).rejects.toMatchObject({ code: 'worker-lost' });
    expect((await run(one, {}).done)['pid']).not.toBe(pid);
  });

  test('tells errors apart', async () => {
    const one = slot();
    await expect(run(one, { throw: { code: 'ENOSPC' } }).done).rejects.toMatchObject({ code: 'storage-full' });
    await expect(run(one, { throw: { code: 'no-rows', values: { a: 1 } } }).done).rejects.toMatchObject({
      code: 'no-rows',
    });
    await expect(run(one, { throw: {} }).done).rejects.toThrow('task failed');
  });

  test('a child ends with its parent, in the middle of its work', async () => {
    const child = forkChild();
    const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
    const spinning = new Promise((resolve) =>
      child.on('message', ({ kind }: { kind: string }) => kind === 'progress' && resolve(kind)),
    );
    const input = { source: { records: [{ deafMs: 60_000 }] } };
    child.send({ kind: 'run', id: 1, name: 'predict-rows', input, fields: {}, plugins: [] });
    await spinning;
    child.disconnect();
    expect(await ended).toBe('SIGKILL');
  });

  test('a child whose parent was gone before it could listen ends by itself', async () => {
    const child = forkChild();
    const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
    child.disconnect();
    expect(await ended).toBe('SIGKILL');
  });

  test('is nicer than the worker, and nicer still when it computes', async () => {
    const one = slot();
    const pid = await vi.waitUntil(() => childOf(one), { interval: 1 });
    expect(await nicenessOf(pid)).toContain(5);
    await run(one, {}).done;
    const threads = await nicenessOf(pid);
    expect(threads.length).toBeGreaterThan(2);
    expect(new Set(threads)).toEqual(new Set([10]));
  });

  test('stays as nice as a worker that is nicer still', async () => {
    const child = forkChild({ execPath: 'nice', execArgv: ['-n', '12', process.execPath] });
    await once(child, 'message');
    expect(new Set(await nicenessOf(child.pid))).toEqual(new Set([12]));
    child.disconnect();
  });
});
