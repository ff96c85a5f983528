import { spawn } from 'node:child_process';
import { closeSync, lchownSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { program, type Binaries } from './binaries.js';
import { EmbeddedError } from './embedded-error.js';
import { environment } from './environment.js';
import type { Folders } from './folders.js';
import { guard } from './guardian.js';
import type { Owner } from './owner.js';
import { readPostmasterFile, stopPostmaster } from './postmaster-process.js';

/** Server settings by name, as in postgresql.conf. */
export type Settings = Readonly<Record<string, string | number>>;

/** How a postmaster ended; `expected` when we stopped it. */
export interface PostmasterExit {
  readonly expected: boolean;
  readonly code: number | null;
  readonly signal: string | null;
}

/** A running postmaster. */
export interface Postmaster {
  readonly pid: number;
  readonly exited: Promise<PostmasterExit>;
  readonly stop: () => Promise<void>;
}

/** The server ended before it took connections, for a reason that passes: a port just taken, memory not yet freed. */
export class PassingTrouble extends Error {}

const READY_MS = 120_000;
const STOP_MS = 20_000;
const LOG_BYTES = 10 * 1024 * 1024;

/**
 * Starts the server and waits until it takes connections. It leads a process group of its own: a Ctrl-C in the
 * terminal reaches the launcher, which ends the database last.
 * @throws PassingTrouble to be tried again; EmbeddedError with the end of the server's log.
 */
export async function startPostmaster(
  binaries: Binaries,
  folders: Folders,
  owner: Owner | undefined,
  settings: Settings,
): Promise<Postmaster> {
  const log = openLog(folders.logFile, owner);
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = spawn(program(binaries, 'postgres'), ['-D', folders.data, ...options], {
    ...owner,
    cwd: folders.base,
    env: environment,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  closeSync(log.fd);
  let expected = false;
  const exited = new Promise<PostmasterExit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ expected, code, signal }));
    child.once('error', () => resolve({ expected, code: null, signal: null }));
  });
  const { pid } = child;
  if (pid === undefined) throw new EmbeddedError(`${program(binaries, 'postgres')} cannot be run.`);
  const dismiss = guard(pid);
  void exited.then(dismiss);
  const stop = async (): Promise<void> => {
    expected = true;
    // Nothing else may be left to keep us waiting for its end.
    child.ref();
    if (child.exitCode === null && child.signalCode === null) await stopPostmaster(binaries, pid, STOP_MS);
    await exited;
  };
  await ready(folders.data, pid, exited, stop, () => readFileSync(folders.logFile).subarray(log.offset).toString());
  child.unref();
  return { pid, exited, stop };
}

async function ready(
  data: string,
  pid: number,
  exited: Promise<PostmasterExit>,
  stop: () => Promise<void>,
  complaints: () => string,
): Promise<void> {
  const end = Date.now() + READY_MS;
  for (;;) {
    const file = readPostmasterFile(data);
    if (file?.pid === pid && file.ready) return;
    const over = await Promise.race([exited.then(() => true), sleep(10).then(() => false)]);
    if (over) {
      const text = complaints().trim();
      if (/could not bind|Address already in use|still in use/.test(text)) throw new PassingTrouble(text);
      throw new EmbeddedError(`The embedded Postgres ended while it started:\n${text.slice(-2000)}`);
    }
    if (Date.now() > end) {
      await stop();
      throw new EmbeddedError(
        `The embedded Postgres did not start in ${READY_MS / 1000} seconds:\n${complaints().slice(-2000)}`,
      );
    }
  }
}

/** The log goes on at its end; a long one is put aside as `<name>.old`. */
function openLog(file: string, owner: Owner | undefined): { fd: number; offset: number } {
  const sizeBytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  if (sizeBytes > LOG_BYTES) renameSync(file, `${file}.old`);
  const fd = openSync(file, 'a', 0o600);
  if (owner !== undefined) lchownSync(file, owner.uid, owner.gid);
  return { fd, offset: sizeBytes > LOG_BYTES ? 0 : sizeBytes };
}
