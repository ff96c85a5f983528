/**
 * The promise of the README, tried: a clone in an empty folder and `npm start`, as root and as an ordinary user, without
 * a database or Redis of one's own. Started, stopped, started again, killed with everything, started again.
 *   node test/fresh-clone/fresh-clone.mjs [--tests] [--only root|user] [--keep]
 * `--tests` runs `npm test` in the clone as well. As root both users are tried; Linux only.
 */
import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { killAll, processesOf, startAs } from './processes.mjs';

const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const limits = { firstStartMs: 180_000, laterStartMs: 10_000, stopMs: 15_000, modulesMiB: 700 };
const FIRST_START = 'first start (install, build)';
const flags = process.argv.slice(2);
const isRoot = process.getuid() === 0;
const NOBODY = { uid: 65534, gid: 65534 };

const users = isRoot
  ? [
      // Below root's home, which the database's user may not enter.
      { name: 'root', under: homedir() },
      { name: 'user', under: tmpdir(), ...NOBODY },
    ]
  : [{ name: 'user', under: tmpdir() }];
const only = flags.includes('--only') ? flags[flags.indexOf('--only') + 1] : undefined;

const rows = [];
const failures = [];

async function tryAs(user) {
  const folder = mkdtempSync(join(user.under, 'millrace-clone-'));
  // Root's data may not lie in root's home; an ordinary user's lie in theirs.
  const home = user.name === 'root' ? mkdtempSync('/var/lib/millrace-clone-') : join(folder, 'home', '.millrace');
  const clone = join(folder, 'millrace');
  mkdirSync(join(folder, 'home'));
  execFileSync('git', ['clone', '--quiet', '--no-local', repository, clone]);
  if (user.uid !== undefined) {
    execFileSync('chown', ['-R', `${user.uid}:${user.gid}`, folder]);
    chmodSync(folder, 0o755);
  }
  const port = await freePort();
  const env = {
    HOME: join(folder, 'home'),
    MILLRACE_PORT: `${port}`,
    ...(user.name === 'root' ? { MILLRACE_HOME: home } : {}),
  };
  const trial = { user, cwd: clone, env, mark: randomUUID(), port, folders: [folder, home] };
  try {
    await steps(trial);
  } catch (error) {
    failures.push(`${user.name}: ${error.message}`);
  } finally {
    await killAll(trial.mark, trial.folders);
    if (flags.includes('--keep')) console.log(`kept: ${folder} ${home}`);
    else for (const path of trial.folders) rmSync(path, { recursive: true, force: true });
  }
}

async function steps(trial) {
  const first = await start(trial, FIRST_START, limits.firstStartMs);
  const modulesMiB = Number(
    execFileSync('du', ['-sm', join(trial.cwd, 'node_modules')], { encoding: 'utf8' }).split('\t')[0],
  );
  note(trial, 'node_modules', `${modulesMiB} MiB`, modulesMiB < limits.modulesMiB, `< ${limits.modulesMiB} MiB`);
  await stop(trial, first);
  const second = await start(trial, 'second start', limits.laterStartMs);
  killed(trial, second);
  await killAll(trial.mark, trial.folders);
  const third = await start(trial, 'start after kill -9 of everything', limits.laterStartMs);
  await stop(trial, third);
  if (flags.includes('--tests')) await test(trial);
}

/** `npm start` until it says so and answers; the README's address is the one asked. */
async function start(trial, what, limitMs) {
  const began = performance.now();
  const program = startAs(trial, 'exec npm start');
  let over = false;
  void program.ended.then(() => (over = true));
  while (!program.output().includes(`Millrace is ready: http://localhost:${trial.port}`)) {
    if (over) throw new Error(`${what}: npm start ended\n${program.output().slice(-4000)}`);
    if (performance.now() - began > 2 * limitMs)
      throw new Error(`${what}: not ready\n${program.output().slice(-4000)}`);
    await sleep(20);
  }
  const tookMs = performance.now() - began;
  const answer = await fetch(`http://localhost:${trial.port}/health/ready`);
  note(trial, what, seconds(tookMs), answer.ok && tookMs < limitMs, `< ${limitMs / 1000} s`);
  return program;
}

async function stop(trial, program) {
  const began = performance.now();
  program.child.kill('SIGTERM');
  while (processesOf(trial.mark, trial.folders).length > 0 && performance.now() - began < 2 * limits.stopMs)
    await sleep(20);
  const tookMs = performance.now() - began;
  const left = processesOf(trial.mark, trial.folders).length;
  note(
    trial,
    'stop (SIGTERM)',
    seconds(tookMs),
    left === 0 && tookMs < limits.stopMs,
    `< ${limits.stopMs / 1000} s, nothing left`,
  );
}

function killed(trial, program) {
  const pids = processesOf(trial.mark, trial.folders);
  note(
    trial,
    'processes killed -9',
    pids.length,
    pids.length > 3 && program.child.exitCode === null,
    'api, worker, database, ...',
  );
}

async function test(trial) {
  const began = performance.now();
  const program = startAs(trial, 'exec npm test');
  const code = await program.ended;
  note(trial, 'npm test', seconds(performance.now() - began), code === 0, 'passes');
  if (code !== 0) console.error(program.output().slice(-8000));
}

function note({ user }, what, value, ok, expected) {
  rows.push({ user: user.name, what, value, expected, ok });
  if (!ok) failures.push(`${user.name}: ${what}: ${value}, expected ${expected}`);
}

function seconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

for (const user of users.filter(({ name }) => only === undefined || name === only)) await tryAs(user);
console.table(rows);
const firstStarts = rows.filter(({ what }) => what === FIRST_START).map(({ user, value }) => `${user} ${value}`);
console.log(
  `${rows.filter(({ ok }) => ok).length} of ${rows.length} steps as promised; first start: ${firstStarts.join(', ')}`,
);
for (const failure of failures) console.error(`FAILED: ${failure}`);
process.exitCode = failures.length === 0 ? 0 : 1;
