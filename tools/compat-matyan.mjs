/**
 * The matyan client itself, unmodified, against a Millrace of its own: `npm run compat:matyan [-- <python with matyan-client>]`. Without
 * a Python a fresh environment is made and the package installed, for which a package index must be reachable. It runs the script of the
 * guide as it stands there, and a longer one of examples/matyan, and compares what the client reads back.
 */
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import { ensureBuilt } from './build.mjs';
import { guideScript } from './guide-script.mjs';
import { root } from './run.mjs';

const run = promisify(execFile);
const PACKAGE = 'matyan-client==0.3.0';
const START_MS = 120_000;
const scratch = await mkdtemp(join(tmpdir(), 'millrace-compat-matyan-'));
// As root the database runs as another user, who has to come through.
await chmod(scratch, 0o755);
let house;

/** What the script of the guide prints. */
const OF_THE_GUIDE = /^a small training \[.*'name': 'loss'.*\] b'weights'$/m;

/** What the longer script prints at its end. */
const EXPECTED = [
  "name, tags: a small training ['example']",
  "metrics: [('loss', 'train'), ('loss', 'val')]",
  "objects: {'images': ['samples'], 'texts': ['notes'], 'distributions': ['weights'], 'audios': [], 'figures': ['curve']}",
  "artifacts: ['models/model.txt'] b'weights'",
  'lr: 0.01 optimizer: adam',
  'active: False ended after start: True',
];

try {
  await ensureBuilt();
  const python = process.argv[2] ?? (await freshPython());
  const url = await startHouse();
  const { stdout } = await run(python, [join(root, 'examples/matyan/train.py'), url], { timeout: 120_000 });
  const lines = stdout.trim().split('\n');
  assert.deepEqual(lines.slice(-EXPECTED.length), EXPECTED);
  await runGuide(python, url);
  console.log(`${EXPECTED.length} things read back as they were logged`);
} finally {
  if (house && house.exitCode === null) {
    const ended = new Promise((resolve) => house.once('exit', resolve));
    house.kill('SIGTERM');
    await ended;
  }
  await rm(scratch, { recursive: true, force: true });
}

/** The page's script in a folder that has the file it names. */
async function runGuide(python, url) {
  const guide = await readFile(join(root, 'docs/guides/matyan.md'), 'utf8');
  const script = guideScript(guide).replaceAll('http://127.0.0.1:8000', url);
  assert.ok(script.includes(url), 'the script of the guide names the address');
  await writeFile(join(scratch, 'model.txt'), 'weights');
  const { stdout } = await run(python, ['-c', script], { cwd: scratch, timeout: 120_000 });
  assert.match(stdout, OF_THE_GUIDE);
  console.log('docs/guides/matyan.md: run');
}

async function freshPython() {
  const venv = join(scratch, 'venv');
  await run('python3', ['-m', 'venv', venv]);
  await run(join(venv, 'bin', 'pip'), ['install', '--quiet', PACKAGE]);
  return join(venv, 'bin', 'python');
}

async function startHouse() {
  const port = await freePort();
  const env = {
    ...process.env,
    MILLRACE_HOME: join(scratch, 'home'),
    MILLRACE_PORT: `${port}`,
    MILLRACE_LOG_LEVEL: 'warn',
  };
  house = spawn(process.execPath, [join(root, 'dist/apps/standalone/src/main.js')], { env, stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  for (const until = Date.now() + START_MS; Date.now() < until; await sleep(250)) {
    const answer = await fetch(`${url}/api/v1/health/ready`).catch(() => undefined);
    if (answer?.ok) return url;
    if (house.exitCode !== null) break;
  }
  throw new Error('Millrace did not start');
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
