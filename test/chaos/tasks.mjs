import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { MessageChannel, parentPort, threadId } from 'node:worker_threads';

/**
 * Tasks for tests of the worker itself, loaded by MILLRACE_TASKS: they sleep, spin, allocate, crash or write as their input
 * says, in the places where the real ones compute.
 */
const text = (value) => ({ en: value, es: value, pt: value, de: value, zh: value });
const manifest = (name, type, ancestors, fields = {}) => ({
  name,
  type,
  ancestors,
  displayName: text(name),
  description: text(name),
  color: null,
  schema: null,
  fields,
  metadata: {},
  compatible: [],
});

/** What a task shall do, as JSON text. */
const planField = { kind: 'string', default: '{}', label: text('plan'), help: text('plan') };
const planOf = (params) => JSON.parse(params?.plan ?? '{}');

const waitOn = new Int32Array(new SharedArrayBuffer(4));

/** Blocks the thread, as computing does, with a tick every few milliseconds. */
function work(ms, host, tickEveryMs = 5) {
  const end = performance.now() + ms;
  while (performance.now() < end) {
    Atomics.wait(waitOn, 0, 0, Math.min(tickEveryMs, end - performance.now()));
    host.tick(0, 1);
  }
}

function spin(ms, host) {
  const end = performance.now() + ms;
  while (performance.now() < end) for (let i = 0; i < 1e5; i++) if (i === 99_999) host?.tick(0, 1);
}

async function perform(plan, host) {
  host.progress(0.1, 'loading-data');
  if (plan.log) host.log.info({}, plan.log);
  if (plan.points) host.metrics(plan.points);
  if (plan.sleepMs) work(plan.sleepMs, host);
  if (plan.spinMs) spin(plan.spinMs, host);
  if (plan.deafMs) spin(plan.deafMs);
  if (plan.waitMs) await new Promise((resolve) => setTimeout(resolve, plan.waitMs));
  if (plan.allocateBytes) {
    const kept = [];
    for (let bytes = 0; bytes < plan.allocateBytes; bytes += 2 ** 24) {
      kept.push(new Float64Array(2 ** 21).fill(1));
      work(5, host);
    }
  }
  if (plan.grow) for (const kept = []; ;) kept.push(`${Math.random()}`.repeat(50) + kept.length, { a: [1, 2, 3] });
  // A helper that cannot even load: its memory is not there.
  if (plan.brokenHelper) {
    const { port2: port } = new MessageChannel();
    parentPort.postMessage({ kind: 'start-helper', data: { flags: waitOn, shared: null, port } }, [port]);
    spin(60_000);
  }
  if (plan.crash) process.kill(process.pid, 'SIGSEGV');
  if (plan.throw) throw Object.assign(new Error('on purpose'), plan.throw);
  if (plan.progress)
    for (let i = 0; i <= plan.progress; i++) (host.progress(i / plan.progress, 'training'), work(10, host));
  if (plan.parallel)
    return { outputs: host.parallel.map(plan.parallel.kernel, plan.parallel.inputs, () => host.tick(0, 1)) };
  host.progress(0.9, 'saving-results');
  return { threadId, pid: process.pid, secrets: Object.keys(process.env).filter((name) => /URL|TOKEN/.test(name)) };
}

const bytes = (size) =>
  Readable.from(
    (function* () {
      for (let left = size; left > 0; left -= 65536) yield Buffer.alloc(Math.min(left, 65536), 7);
    })(),
  );

export const tasks = {
  'describe-components': async () => ({
    manifests: [
      manifest('SleepModel', 'Model', ['BaseModel'], { plan: planField }),
      manifest('CSVDataLoader', 'DataLoader', ['BaseDataLoader'], { plan: planField }),
      manifest('HoldoutSplitter', 'Splitter', ['BaseSplitter']),
    ],
  }),

  /** The plan is `loader.params`; the table is any folder, since nobody reads it here. */
  'ingest-dataset': async ({ loader, targetKey }, host) => {
    const plan = planOf(loader?.params);
    await perform(plan, host);
    const staged = await host.storage.stage(targetKey);
    try {
      await writeFile(join(staged.path, 'data.parquet'), Buffer.alloc(plan.bytes ?? 1000, 7));
      await staged.publish();
    } catch (error) {
      await staged.discard();
      throw error;
    }
    return { rows: 1, columns: 1 };
  },

  /** The plan is the model's parameters; with a search, its trials are children that sleep. */
  'train-run': async ({ model, stateKey, known }, host) => {
    const plan = planOf(model.params);
    if (plan.search && known.length < plan.search.trials)
      return {
        kind: 'handed-over',
        plan: { searches: [{ span: [0, 0.5], message: 'tuning' }], trials: plan.search.trials, batch: 2 },
        trials: [],
      };
    await perform(plan, host);
    await host.storage.write(stateKey, bytes(plan.bytes ?? 1000));
    return {
      kind: 'trained',
      trials: [],
      splitIndexes: { train_indexes: [0], validation_indexes: [1], test_indexes: [2] },
      metrics: [{ split: 'train', level: 'last', name: 'Accuracy', step: 0, value: 0.5 }],
      parameters: model.params,
      plots: { history: null, slice: null, contour: null, importance: null },
      artifacts: [],
    };
  },

  'run-trial': async ({ model, search, number }, host) => {
    work(planOf(model.params).search.sleepMs, host);
    return { search, number, values: {}, value: number, curve: [], givenUp: false, error: null, points: [] };
  },

  /** The plan is the only record. */
  'predict-rows': async ({ source }, host) => perform(source.records[0], host),
};
