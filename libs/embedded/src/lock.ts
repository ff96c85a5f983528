import { randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { EmbeddedError } from './embedded-error.js';
import { processIdentity } from './process-identity.js';

/** A folder held by this process; the hold ends with `release` or with the process. */
export interface FolderLock {
  readonly release: () => void;
}

/**
 * Takes `<folder>/lock`, made when missing. A lock whose process is gone, or whose number now belongs to another
 * process, is taken over, so a killed program leaves nothing to clean up.
 * @throws EmbeddedError when a live process holds the folder (the message names its number) or it cannot be written.
 */
export function lockFolder(folder: string): FolderLock {
  const lock = join(folder, 'lock');
  const draft = join(folder, `lock-${randomUUID()}`);
  const mine = `${process.pid} ${processIdentity(process.pid) ?? ''}`;
  // The lock appears by a link, whole at once: nobody reads a half-written one.
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(draft, mine, { mode: 0o600 });
  } catch (error) {
    throw new EmbeddedError(`${folder} cannot be written; set MILLRACE_HOME to a folder of your own.`, {
      cause: error,
    });
  }
  try {
    while (!linked(draft, lock)) retire(folder, lock);
  } finally {
    rmSync(draft, { force: true });
  }
  return {
    release: () => {
      if (contents(lock) === mine) rmSync(lock, { force: true });
    },
  };
}

function linked(draft: string, lock: string): boolean {
  try {
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Puts a dead process's lock away; of two who try, the rename lets one through and the other looks again. */
function retire(folder: string, lock: string): void {
  const held = contents(lock);
  if (held === undefined) return;
  const [pid = '', ...identity] = held.split(' ');
  if (processIdentity(Number(pid)) === identity.join(' ')) {
    throw new EmbeddedError(
      `${folder} is in use by another Millrace (process ${pid}); stop it, or set MILLRACE_HOME to another folder.`,
    );
  }
  const away = join(folder, `lock-${randomUUID()}`);
  try {
    renameSync(lock, away);
  } catch {
    return;
  }
  if (contents(away) !== held) linked(away, lock);
  rmSync(away, { force: true });
}

function contents(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
