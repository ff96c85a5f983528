import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** Variable that marks the processes of one trial; children inherit it, the database is found by its folder. */
const MARK = 'MILLRACE_FRESH_CLONE';

/** Starts a shell command as somebody, with nothing of our environment but the path. */
export function startAs({ user, cwd, env, mark }, command) {
  const child = spawn('/bin/sh', ['-c', command], {
    ...(user.uid === undefined ? {} : { uid: user.uid, gid: user.gid }),
    cwd,
    env: { PATH: process.env.PATH, LANG: 'C.UTF-8', ...env, [MARK]: mark },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const ended = new Promise((resolve) => child.once('close', (code, signal) => resolve(signal ?? code)));
  return { child, ended, output: () => output };
}

/** Every live process of the trial: marked, or working in one of its folders. Linux only. */
export function processesOf(mark, folders) {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => pid !== process.pid && belongs(pid, mark, folders));
}

function belongs(pid, mark, folders) {
  try {
    if (readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').includes(`${MARK}=${mark}`)) return true;
    const cwd = readlinkSync(`/proc/${pid}/cwd`);
    return folders.some((folder) => cwd === folder || cwd.startsWith(`${folder}/`));
  } catch {
    return false;
  }
}

/** As a power cut for programs: kill -9 of all of them, until none is left. */
export async function killAll(mark, folders) {
  for (;;) {
    const pids = processesOf(mark, folders);
    if (pids.length === 0) return;
    for (const pid of pids) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch {
        // It ended in the meantime.
      }
    }
    await sleep(20);
  }
}
