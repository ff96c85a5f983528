import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { program, type Binaries } from './binaries.js';
import { environment } from './environment.js';
import { isAlive } from './process-identity.js';

/** What `postmaster.pid` says; the server writes it line by line while it starts. */
export interface PostmasterFile {
  readonly pid: number;
  readonly ready: boolean;
}

/** Reads `<data>/postmaster.pid`; undefined when there is none. */
export function readPostmasterFile(data: string): PostmasterFile | undefined {
  try {
    const lines = readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), ready: lines[7]?.trim() === 'ready' };
  } catch {
    return undefined;
  }
}

/** True when the process is a Postgres working in this data folder, and not a stranger with a recycled number. */
export function worksIn(data: string, pid: number): boolean {
  if (!isAlive(pid)) return false;
  // On Windows Postgres is signalled through a pipe only it has, so a stranger cannot be hit.
  if (process.platform === 'win32') return true;
  if (process.platform !== 'linux') {
    return spawnSync('/bin/ps', ['-o', 'command=', '-p', `${pid}`], {
      env: environment,
      encoding: 'utf8',
    }).stdout.includes('postgres');
  }
  try {
    const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
    return name === 'postgres' && readlinkSync(`/proc/${pid}/cwd`) === realpathSync(data);
  } catch {
    return false;
  }
}

/** Processes of a cluster whose postmaster is gone; busy ones do not notice and hold its shared memory. Linux only. */
export function strandedBackends(data: string): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => worksIn(data, pid));
}

/** Fast shutdown; when that takes too long immediate shutdown (recovery at the next start), at last the kill. */
export async function stopPostmaster(binaries: Binaries, pid: number, patienceMs: number): Promise<void> {
  for (const signal of ['INT', 'QUIT'] as const) {
    signalPostgres(binaries, pid, signal);
    if (await gone(pid, patienceMs)) return;
  }
  signalPostgres(binaries, pid, 'KILL');
  await gone(pid, patienceMs);
}

/** Sends a signal; a process that is gone already is no error. */
export function signalPostgres(binaries: Binaries, pid: number, signal: 'INT' | 'QUIT' | 'KILL'): void {
  if (process.platform === 'win32') {
    spawnSync(program(binaries, 'pg_ctl'), ['kill', signal, `${pid}`]);
    return;
  }
  try {
    process.kill(pid, `SIG${signal}`);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

async function gone(pid: number, patienceMs: number): Promise<boolean> {
  const end = Date.now() + patienceMs;
  while (isAlive(pid)) {
    if (Date.now() > end) return false;
    await sleep(10);
  }
  return true;
}
