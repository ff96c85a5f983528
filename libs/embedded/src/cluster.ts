import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, lchownSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { program, type Binaries } from './binaries.js';
import { EmbeddedError } from './embedded-error.js';
import { environment } from './environment.js';
import type { Folders } from './folders.js';
import type { Owner } from './owner.js';

/** The role and database made for Millrace. */
export const ROLE = 'millrace';

/**
 * Makes the cluster when there is none: UTF-8, C locale, password (SCRAM) for every connection. It is made aside and
 * moved into place whole, so a start that was killed half way leaves no half cluster.
 * @returns the password, kept in a file only the owner reads.
 */
export async function ensureCluster(
  binaries: Binaries,
  folders: Folders,
  owner: Owner | undefined,
  durable: boolean,
): Promise<string> {
  if (existsSync(join(folders.data, 'PG_VERSION'))) {
    checkVersion(binaries, folders);
    return readPassword(folders);
  }
  const password = randomBytes(24).toString('base64url');
  writeFileSync(folders.passwordFile, `${password}\n`, { mode: 0o600 });
  if (owner !== undefined) lchownSync(folders.passwordFile, owner.uid, owner.gid);
  const unfinished = `${folders.data}-unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  const options = [
    '--encoding=UTF8',
    '--locale=C',
    '--auth=scram-sha-256',
    `--pwfile=${folders.passwordFile}`,
    '--no-instructions',
  ];
  if (!durable) options.push('--no-sync');
  await run(program(binaries, 'initdb'), ['-D', unfinished, '-U', ROLE, ...options], folders.base, owner);
  renameSync(unfinished, folders.data);
  return password;
}

function checkVersion(binaries: Binaries, folders: Folders): void {
  const made = readFileSync(join(folders.data, 'PG_VERSION'), 'utf8').trim();
  const major = binaries.version.split('.')[0];
  if (made === major) return;
  throw new EmbeddedError(
    `${folders.data} was made by Postgres ${made}, the one that comes with this Millrace is ${major}. Move the data with pg_dump of version ${made}, or set MILLRACE_HOME to another folder.`,
  );
}

function readPassword(folders: Folders): string {
  try {
    return readFileSync(folders.passwordFile, 'utf8').trim();
  } catch (error) {
    throw new EmbeddedError(`The password of the embedded database, ${folders.passwordFile}, cannot be read.`, {
      cause: error,
    });
  }
}

function run(command: string, args: readonly string[], cwd: string, owner: Owner | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...owner, cwd, env: environment, stdio: ['ignore', 'ignore', 'pipe'] });
    let complaints = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (complaints += text));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new EmbeddedError(`The embedded database could not be made: ${complaints.trim()}`));
    });
  });
}
