import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

import { environment } from './environment.js';

/** True when a process of that number exists, ours or another user's, and has not ended already. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  // One that ended stays listed until its parent looks, which the first process of a container may never do.
  return process.platform !== 'linux' || !['Z', 'X', undefined].includes(procStat(pid)?.[0]);
}

/**
 * When the process of that number began, as text; numbers are given out again, so this tells a process from its
 * successor. Undefined when there is none; the empty text where the system does not say (Windows).
 */
export function processIdentity(pid: number): string | undefined {
  if (!isAlive(pid)) return undefined;
  if (process.platform === 'win32') return '';
  if (process.platform === 'linux') return `${bootId()} ${procStat(pid)?.[START] ?? ''}`;
  const options = { env: environment, encoding: 'utf8' } as const;
  return spawnSync('/bin/ps', ['-o', 'lstart=', '-p', `${pid}`], options).stdout.trim();
}

/** Place of the start time, in ticks since boot, among the fields behind the program's name. */
const START = 19;

/** The fields of /proc/<pid>/stat behind the program's name, which stands in brackets and may hold anything. */
function procStat(pid: number): string[] | undefined {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
  } catch {
    return undefined;
  }
}

function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}
