import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';

import { program, type Binaries } from './binaries.js';
import { EmbeddedError } from './embedded-error.js';
import { environment } from './environment.js';
import { chownTree } from './folders.js';
import type { Owner } from './owner.js';

/**
 * Programs the owner can run: those of the package, or a copy under `base` when they lie where the owner may not read
 * (root's home) or cannot be completed in place (a read-only node_modules whose install scripts were not run).
 * @throws EmbeddedError when they do not run here at all.
 */
export function usableBinaries(packaged: Binaries, base: string, owner: Owner | undefined): Binaries {
  completeLinks(packaged.folder);
  if (complaint(packaged, base, owner) === undefined) return packaged;
  const folder = join(base, `bin-${packaged.version}`);
  const staged = { folder, version: packaged.version };
  if (complaint(staged, base, owner) !== undefined) stage(packaged.folder, folder, owner);
  const trouble = complaint(staged, base, owner);
  if (trouble !== undefined) throw new EmbeddedError(`The embedded Postgres does not run on this machine: ${trouble}`);
  return staged;
}

/** What goes wrong when the owner runs `postgres --version`, which loads every shared library. */
function complaint(binaries: Binaries, cwd: string, owner: Owner | undefined): string | undefined {
  const run = spawnSync(program(binaries, 'postgres'), ['--version'], {
    ...owner,
    cwd,
    env: environment,
    encoding: 'utf8',
  });
  if (run.error !== undefined) return run.error.message;
  return run.status === 0 ? undefined : run.stderr.trim();
}

function stage(source: string, target: string, owner: Owner | undefined): void {
  const parent = dirname(target);
  for (const name of readdirSync(parent)) {
    if (name.startsWith('bin-')) rmSync(join(parent, name), { recursive: true, force: true });
  }
  const unfinished = join(parent, `bin-unfinished`);
  cpSync(source, unfinished, { recursive: true, verbatimSymlinks: true, filter: (path) => !path.endsWith('.a') });
  completeLinks(unfinished);
  for (const name of readdirSync(join(unfinished, 'bin'))) chmodSync(join(unfinished, 'bin', name), 0o755);
  chownTree(unfinished, owner);
  renameSync(unfinished, target);
}

/** npm packages hold no symbolic links; the package makes them in its install script, which may have been refused. */
function completeLinks(folder: string): void {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(folder, relative('native', target));
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      symlinkSync(basename(source), link);
    } catch {
      // A read-only package: the programs are staged and completed there.
      return;
    }
  }
}
