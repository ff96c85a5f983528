/**
 * Our SDK and the real ml-dash package on one folder, both ways: `npm run compat:sdk [-- <python with ml-dash>]`. Without a Python a
 * fresh environment is made and the package installed, for which a package index must be reachable.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { ensureBuilt } from './build.mjs';
import { root } from './run.mjs';

const run = promisify(execFile);
const PACKAGE = 'ml-dash==0.11.0';
const scratch = await mkdtemp(join(tmpdir(), 'millrace-compat-sdk-'));

try {
  await ensureBuilt();
  const { Experiment } = await import(join(root, 'dist/libs/sdk/src/index.js'));
  const python = process.argv[2] ?? (await freshPython());
  await ours(Experiment, python);
  await theirs(Experiment, python);
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function freshPython() {
  const venv = join(scratch, 'venv');
  await run('python3', ['-m', 'venv', venv]);
  await run(join(venv, 'bin', 'pip'), ['install', '--quiet', PACKAGE]);
  return join(venv, 'bin', 'python');
}

/** We write, Python reads and goes on, we read what it added. */
async function ours(Experiment, python) {
  const dashRoot = join(scratch, 'ours');
  const prefix = 'ann/digits/cnn/node';
  const opened = () => new Experiment(prefix, { dashRoot, echo: false });
  await opened().run(async (exp) => {
    exp.params.set({ lr: 0.1, model: { layers: [1, 2] } });
    exp.log('ready');
    exp.logs.warn('hot', { gpu: 1 });
    for (let step = 0; step < 3; step += 1) exp.metrics('train').log({ loss: 1 / (step + 1), step });
    exp.metrics('a/b').log({ x: 1 });
    exp.metrics.log({ epoch: 1 });
    await exp.files('models', { tags: ['t'] }).saveText('weights', 'w.txt');
    exp.tracks('robot/arm').append({ q: [1], _ts: 1 });
  });
  const script = join(root, 'tools/compat-sdk/read-dash.py');
  const { stdout } = await run(python, [script, dashRoot, prefix, scratch], { env: { ...process.env, HOME: scratch } });
  const read = JSON.parse(stdout);
  assert.deepEqual(read.params, { lr: 0.1, 'model.layers': [1, 2], seen: true });
  assert.deepEqual(read.metrics.train, {
    rows: [0, 1, 2].map((step) => ({ loss: 1 / (step + 1), step })),
    indexes: [0, 1, 2],
    more: false,
    name: 'train',
    total: '3',
  });
  assert.equal(read.metrics['a%2Fb'].name, 'a/b');
  assert.deepEqual(read.metrics.None.rows, [{ epoch: 1 }]);
  assert.deepEqual(read.files, [{ path: '/models', filename: 'w.txt', tags: ['t'], text: 'weights' }]);
  assert.deepEqual(read.logs, [
    [0, 'info', 'ready'],
    [1, 'warn', 'hot'],
  ]);
  assert.deepEqual(read.tracks, ['robot/arm']);
  assert.equal(read.landed, '3');
  await opened().run(async (exp) => {
    exp.metrics('train').log({ loss: 0.5, step: 100 });
    const { data } = await exp.metrics('train').read();
    assert.deepEqual(
      data.map((row) => [row.index, row.data.step]),
      [
        [0, 0],
        [1, 1],
        [2, 2],
        [3, 99],
        [4, 100],
      ],
    );
    exp.log('back');
    await exp.flush();
    const logs = await readFile(join(dashRoot, prefix, 'logs/logs.jsonl'), 'utf8');
    assert.deepEqual(
      logs
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).sequenceNumber),
      [0, 1, 2, 3],
    );
  });
  console.log('Python reads what we wrote, and both go on: 3 metrics, 1 file, 1 track, logs, parameters');
}

/** Python writes, we read. */
async function theirs(Experiment, python) {
  const dashRoot = join(scratch, 'theirs');
  await run(python, [join(root, 'test/golden/make-dash-folder.py'), dashRoot], {
    env: { ...process.env, HOME: scratch },
  });
  await new Experiment('ann/digits/cnn/py', { dashRoot, echo: false }).run(async (exp) => {
    assert.deepEqual(await exp.params.get(), { lr: 0.1, 'model.name': 'cnn', 'model.layers': [1, 2] });
    const { data } = await exp.metrics('train').read();
    assert.deepEqual(
      data.map((row) => row.data.loss),
      [1, 0.5, 1 / 3, Number.NaN],
    );
    assert.deepEqual((await exp.files.list()).map(({ filename }) => filename).sort(), ['config.json', 'weights.bin']);
    assert.deepEqual(await exp.tracks('robot/arm').read(), [
      { timestamp: 1.5, q: [1, 2] },
      { timestamp: 2.5, q: [3, 4] },
    ]);
  });
  console.log('we read what Python wrote: 3 metrics, 2 files, 1 track, parameters');
}
