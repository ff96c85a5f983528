/**
 * Our SDK and the real ml-dash package on one folder, both ways; and a folder our SDK wrote, uploaded to a Millrace by the package's own
 * command line: `npm run compat:sdk [-- <python with ml-dash> …]`. Without a Python fresh environments are made and two releases
 * installed, for which a package index must be reachable; the command line is part of the older one only.
 */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { ensureBuilt } from './build.mjs';
import { startHouse } from './dashai-web/house.mjs';
import { hasCommandLine, homeOf } from './ml-dash/command-line.mjs';
import { root } from './run.mjs';

const run = promisify(execFile);
const PACKAGES = ['ml-dash==0.11.0', 'ml-dash==0.6.27'];
const scratch = await mkdtemp(join(tmpdir(), 'millrace-compat-sdk-'));

try {
  await ensureBuilt();
  const { Experiment } = await import(join(root, 'dist/libs/sdk/src/index.js'));
  const given = process.argv.slice(2);
  const pythons = given.length > 0 ? given : await Promise.all(PACKAGES.map(freshPython));
  let uploads = 0;
  for (const [place, python] of pythons.entries()) {
    const folder = join(scratch, `${place}`);
    await mkdir(folder);
    await ours(Experiment, python, folder);
    await theirs(Experiment, python, folder);
    if (hasCommandLine(python)) uploads += await uploaded(Experiment, python, folder);
  }
  assert.ok(uploads > 0, 'none of these releases has a command line: nothing was uploaded');
} finally {
  await rm(scratch, { recursive: true, force: true });
}

async function freshPython(name) {
  const venv = join(scratch, name);
  await run('python3', ['-m', 'venv', venv]);
  await run(join(venv, 'bin', 'pip'), ['install', '--quiet', name]);
  return join(venv, 'bin', 'python');
}

/** Something of everything a run can hold. */
async function logAll(exp) {
  exp.params.set({ lr: 0.1, model: { layers: [1, 2] } });
  exp.log('ready');
  exp.logs.warn('hot', { gpu: 1 });
  for (let step = 0; step < 3; step += 1) exp.metrics('train').log({ loss: 1 / (step + 1), step });
  exp.metrics('a/b').log({ x: 1 });
  exp.metrics.log({ epoch: 1 });
  await exp.files('models', { tags: ['t'] }).saveText('weights', 'w.txt');
  exp.tracks('robot/arm').append({ q: [1], _ts: 1 });
}

/** We write, Python reads and goes on, we read what it added. */
async function ours(Experiment, python, folder) {
  const dashRoot = join(folder, 'ours');
  const prefix = 'ann/digits/cnn/node';
  const opened = () => new Experiment(prefix, { dashRoot, echo: false });
  await opened().run(logAll);
  const script = join(root, 'tools/compat-sdk/read-dash.py');
  const { stdout } = await run(python, [script, dashRoot, prefix, folder], { env: homeOf(folder) });
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
async function theirs(Experiment, python, folder) {
  const dashRoot = join(folder, 'theirs');
  await run(python, [join(root, 'test/golden/make-dash-folder.py'), dashRoot], {
    env: homeOf(folder),
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

/** We write a folder, `ml-dash upload` brings it to a Millrace, and the Millrace has all of it. */
async function uploaded(Experiment, python, folder) {
  const dashRoot = join(folder, 'upload', '.dash');
  await new Experiment('local/digits/cnn/uploaded', { dashRoot, echo: false, tags: ['node'] }).run(logAll);
  const house = await startHouse('');
  try {
    const to = ['--dash-url', house.url];
    const dash = (...words) =>
      run(python, ['-m', 'ml_dash.cli', ...words, ...to], { cwd: folder, env: homeOf(folder), timeout: 120_000 });
    await dash('login', '--auth-url', house.url, '--no-browser');
    await dash('upload', dashRoot, '--strict');
    // A folder is uploaded without its tracks; each goes by a command of its own.
    const entries = join(dashRoot, 'local/digits/cnn/uploaded/tracks/robot_arm/data.jsonl');
    await dash('upload', '--tracks', entries, '--remote-path', 'local/digits/uploaded/robot/arm');
    const query = `{ searchExperimentsPaginated(pattern: "local/digits/*", limit: 9, offset: 0) { experiments { id name tags status
      files { name pPath tags } metrics { name metricMetadata { totalDataPoints } } } } }`;
    const { data } = await answerOf(`${house.url}/graphql`, { method: 'POST', body: JSON.stringify({ query }) });
    const [experiment, ...others] = data.searchExperimentsPaginated.experiments;
    assert.deepEqual(others, []);
    const read = (path) => answerOf(`${house.url}/api/experiments/${experiment.id}/${path}`);
    assert.deepEqual(experiment.tags, ['node']);
    assert.deepEqual((await read('parameters')).data, { lr: 0.1, 'model.layers': [1, 2] });
    const rows = async (metric) =>
      (await read(`metrics/${encodeURIComponent(metric)}/data`)).data.map(({ data: { _ts, ...row } }) => row);
    assert.deepEqual(
      await rows('train'),
      [0, 1, 2].map((step) => ({ loss: 1 / (step + 1), step })),
    );
    assert.deepEqual(await rows('None'), [{ epoch: 1 }]);
    assert.equal(experiment.metrics.length, 3);
    const logs = (await read('logs')).logs.map(({ level, message }) => [level, message]);
    assert.deepEqual(logs, [
      ['info', 'ready'],
      ['warn', 'hot'],
    ]);
    assert.deepEqual(
      experiment.files.map(({ name }) => name),
      ['w.txt'],
    );
    assert.deepEqual(
      (await read('tracks')).tracks.map(({ topic, totalEntries }) => [topic, totalEntries]),
      [['robot/arm', 1]],
    );
    const track = `tracks/${encodeURIComponent('robot/arm')}/data`;
    assert.deepEqual((await read(track)).entries, [{ timestamp: 1, q: [1] }]);
    console.log('ml-dash upload brought what we wrote: 3 metrics, 1 file, 1 track, logs, parameters');
    return 1;
  } finally {
    await house.stop();
  }
}

async function answerOf(url, init = {}) {
  const answer = await fetch(url, { ...init, headers: { 'content-type': 'application/json' } });
  assert.equal(answer.status, 200, url);
  return answer.json();
}
