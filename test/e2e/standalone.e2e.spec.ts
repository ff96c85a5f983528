import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
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
async function start(): Promise<{ program: ChildProcess; said: string }> {
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
  return { program, said };
}

const isAlive = (pid: number): boolean => {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');
  } catch {
    return false;
  }
};
const childrenOf = (pid: number): number[] =>
  execFileSync('ps', ['-o', 'pid=', '--ppid', `${pid}`], { encoding: 'utf8' })
    .trim()
    .split(/\s+/)
    .map(Number);

test('is ready in one line, answers there, and leaves nothing running after SIGTERM', async () => {
  const { program, said } = await start();
  expect(said).toBe(`Millrace is ready: http://localhost:${port}\n`);
  expect((await fetch(`http://localhost:${port}/health/ready`)).status).toBe(200);
  const children = childrenOf(program.pid ?? 0);
  expect(children.length).toBeGreaterThanOrEqual(3);
  program.kill('SIGTERM');
  expect(await once(program, 'exit')).toEqual([0, null]);
  expect(children.filter(isAlive)).toEqual([]);
});

test('killed by kill -9 it takes api, worker and database along, and starts again', async () => {
  const { program } = await start();
  const children = childrenOf(program.pid ?? 0);
  program.kill('SIGKILL');
  await expect.poll(() => children.filter(isAlive), { timeout: 30_000 }).toEqual([]);
  const again = await start();
  expect(again.said).toContain('is ready');
});

test('killed with everything it started it starts again', async () => {
  const { program } = await start();
  for (const pid of [program.pid ?? 0, ...childrenOf(program.pid ?? 0)]) process.kill(pid, 'SIGKILL');
  const again = await start();
  expect(again.said).toContain('is ready');
});
