import { closeSync, openSync, readFileSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';

/** Locks are held for milliseconds; an older one was left behind, or its holder is stopped. */
const STALE_MS = 30_000;
const PATIENCE_MS = 60_000;
const pause = new Int32Array(new SharedArrayBuffer(4));
const me = `${process.pid}@${hostname()}`;

/**
 * Does something alone among the processes that use this folder. The lock is a file of its own beside the Python client's
 * (which locks by `flock`, out of Node's reach), holding who made it; those of dead processes are taken away.
 */
export function locked<T>(path: string, work: () => T): T {
  const file = `${path}.node`;
  const late = Date.now() + PATIENCE_MS;
  while (!taken(file)) {
    if (isStale(file)) removeStale(file);
    else if (Date.now() > late)
      throw new Error(`${file} stays locked; remove it when no other process uses the folder`);
    else Atomics.wait(pause, 0, 0, 2);
  }
  try {
    return work();
  } finally {
    unlinkSync(file);
  }
}

function taken(file: string): boolean {
  try {
    const lock = openSync(file, 'wx');
    writeSync(lock, me);
    closeSync(lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function isStale(file: string): boolean {
  try {
    const age = Date.now() - statSync(file).mtimeMs;
    const [pid, host] = readFileSync(file, 'utf8').split('@');
    // A file without a name is being written.
    if (pid === '' || host !== hostname()) return age > STALE_MS;
    return age > STALE_MS || !isAlive(Number(pid));
  } catch {
    return false;
  }
}

/** Under a second lock, so that nobody takes away the lock of whoever was quicker. */
function removeStale(file: string): void {
  const guard = `${file}.stale`;
  if (!taken(guard)) {
    const old = statSync(guard, { throwIfNoEntry: false });
    if (old && Date.now() - old.mtimeMs > STALE_MS) unlinkSync(guard);
    return;
  }
  try {
    if (isStale(file)) unlinkSync(file);
  } finally {
    unlinkSync(guard);
  }
}

/** Whether a process of this machine lives. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
