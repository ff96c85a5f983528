import { spawnSync } from 'node:child_process';
import { accessSync, chmodSync, constants, lchownSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

import { EmbeddedError } from './embedded-error.js';
import type { Owner } from './owner.js';

/** Where the parts of the embedded Postgres lie below a home. */
export interface Folders {
  readonly base: string;
  readonly data: string;
  readonly passwordFile: string;
  readonly logFile: string;
}

/** The parts' places below `home`. */
export function foldersOf(home: string): Folders {
  const base = join(home, 'postgres');
  return { base, data: join(base, 'data'), passwordFile: join(base, 'password'), logFile: join(base, 'postgres.log') };
}

/**
 * Makes the folders, closed to others; as root the base belongs to the owner, who may pass through the home.
 * @throws EmbeddedError when the home is not writable or lies where the owner cannot go.
 */
export function prepareFolders(home: string, folders: Folders, owner: Owner | undefined): void {
  try {
    mkdirSync(home, { recursive: true, mode: owner === undefined ? 0o700 : 0o711 });
    mkdirSync(folders.base, { recursive: true, mode: 0o700 });
    accessSync(folders.base, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new EmbeddedError(`${folders.base} cannot be written; set MILLRACE_HOME to a folder of your own.`, {
      cause: error,
    });
  }
  if (owner === undefined) return;
  const mode = statSync(home).mode & 0o777;
  if ((mode & 0o011) !== 0o011) chmodSync(home, mode | 0o011);
  lchownSync(folders.base, owner.uid, owner.gid);
  const entered = spawnSync('/bin/sh', ['-c', 'cd "$0"', folders.base], { ...owner, cwd: '/' });
  if (entered.status === 0) return;
  throw new EmbeddedError(
    `As root the database runs as user ${owner.uid}, who cannot enter ${folders.base}; set MILLRACE_HOME to a folder whose parents everyone may enter, such as /var/lib/millrace.`,
  );
}

/** Gives a folder and everything in it to the owner; nothing happens when there is none. */
export function chownTree(path: string, owner: Owner | undefined): void {
  if (owner === undefined) return;
  lchownSync(path, owner.uid, owner.gid);
  for (const entry of readdirSync(path, { withFileTypes: true, recursive: true })) {
    lchownSync(join(entry.parentPath, entry.name), owner.uid, owner.gid);
  }
}
