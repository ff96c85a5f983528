import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { freePort } from '#embedded';

const root = join(import.meta.dirname, '..', '..');
let home = '';
let port = 0;
let running: ChildProcess | undefined;

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'millrace-standalone-e2e-'));
  port = await freePort();
});
afterEach(async () => {
  if (running !== undefined && running.exitCode === null && running.signalCode === null) {
    running.kill('SIGTERM');
    await once(running, 'exit');
  }
  rmSync(home, { recursive: true, force: true });
});

/** The one command, as a person runs it: no database, no Redis. Resolves when it says that it is ready. */
async function start(): Promise<{ program: ChildProcess; said: string; complaints: () => string }> {
  const env = {
    ...process.env,
    DATABASE_URL: '',
    REDIS_URL: '',
    MILLRACE_HOME: home,
    MILLRACE_PORT: `${port}`,
    NODE_ENV: 'production',
  };
  const program = spawn(process.execPath, ['dist/apps/standalone/src/main.js'], {
    cwd: root,
    env,
    // With a process group of its own, as a terminal gives to a command.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running = program;
  let said = '';
  let complaints = '';
  program.stdout.on('data', (text: Buffer) => (said += text.toString()));
  program.stderr.on('data', (text: Buffer) => (complaints += text.toString()));
  await expect
    .poll(() => (program.exitCode === null ? said : `ended: ${complaints}`), { timeout: 60_000 })
    .toMatch(/is ready|ended/);
  return { program, said, complaints: () => complaints };
}

const isAlive = (pid: number): boolean => {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
};
const parentOf = (pid: number): number => {
  try {
    return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
  } catch {
    return 0;
  }
};
const childrenOf = (pid: number): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((child) => parentOf(child) === pid);

test('is ready in one line, answers there, and leaves nothing running after SIGTERM', async () => {
  const { program, said } = await start();
  expect(said).toBe(`Millrace is ready: http://localhost:${port}\n`);
  expect((await fetch(`http://localhost:${port}/health/ready`)).status).toBe(200);
  const children = childrenOf(program.pid!);
  expect(children.length).toBeGreaterThanOrEqual(3);
  program.kill('SIGTERM');
  expect(await once(program, 'exit')).toEqual([0, null]);
  expect(children.filter(isAlive)).toEqual([]);
});

test('killed by kill -9 it takes api, worker and database along, and starts again', async () => {
  const { program } = await start();
  const children = childrenOf(program.pid!);
  program.kill('SIGKILL');
  await expect.poll(() => children.filter(isAlive), { timeout: 30_000 }).toEqual([]);
  const again = await start();
  expect(again.said).toContain('is ready');
});

test('killed with everything it started it starts again', async () => {
  const { program } = await start();
  for (const pid of [program.pid!, ...childrenOf(program.pid!)]) process.kill(pid, 'SIGKILL');
  const again = await start();
  expect(again.said).toContain('is ready');
});

test('a Ctrl-C, which reaches every program of the terminal’s group, ends it in order with exit code 0', async () => {
  const { program, complaints } = await start();
  const children = childrenOf(program.pid!);
  process.kill(-program.pid!, 'SIGINT');
  expect(await once(program, 'exit')).toEqual([0, null]);
  expect(children.filter(isAlive)).toEqual([]);
  // Nobody broke off: a program that is gone before its turn would be told of.
  expect(complaints()).toBe('Millrace is stopping; press Ctrl-C again to stop it at once.\n');
});

/** Holds a port of this machine, unless somebody else has it already. */
const occupy = (wanted: number): Promise<Server | undefined> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(undefined));
    server.listen(wanted, '127.0.0.1', () => resolve(server));
  });

test('starts while the machine’s own 5432 and 6379 are taken', async () => {
  const held = await Promise.all([5432, 6379].map(occupy));
  try {
    const { said } = await start();
    expect(said).toContain('is ready');
    expect((await fetch(`http://localhost:${port}/health/ready`)).status).toBe(200);
  } finally {
    for (const server of held) server?.close();
  }
});
