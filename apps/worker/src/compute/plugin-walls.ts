import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chownSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Config } from '#config';

/** What the operating system puts between code of plugins and the rest, besides what Node does. */
export interface Walls {
  /** What comes before Node on the command line; empty when nothing is there. */
  readonly command: readonly string[];
  /** The user and group of the children; null when they run as the worker's own. */
  readonly uid: number | null;
  /** Whether they have a network of their own, in which there is nobody. */
  readonly ownNetwork: boolean;
  /** Why the strongest walls do not stand; null when they do. */
  readonly lacking: string | null;
}

const NO_WALLS: Walls = { command: [], uid: null, ownNetwork: false, lacking: null };
const PROBE_MS = 10_000;
/** Whether a child could do its work behind these walls: read its code and the data, write its own folder. */
const PROBE = `
  const { readdirSync, readFileSync, writeFileSync } = require('node:fs');
  const [code, data, scratch] = process.argv.slice(1);
  readFileSync(code); readdirSync(data); writeFileSync(scratch + '/probe', '');`;

/**
 * The strongest walls that can be built here, tried one after the other: on Linux with the programs of util-linux another user and no
 * network as root, no network alone as anybody else, if the system lets them.
 */
export function pluginWalls({ dataDir, pluginUid: uid }: Pick<Config, 'dataDir' | 'pluginUid'>): Walls {
  if (process.platform !== 'linux') return { ...NO_WALLS, lacking: `the system is ${process.platform}` };
  const asUser = ['setpriv', `--reuid=${uid}`, `--regid=${uid}`, '--clear-groups', '--no-new-privs', '--'];
  const choices: Omit<Walls, 'lacking'>[] =
    process.geteuid?.() === 0
      ? [
          { command: ['unshare', '--net', '--', ...asUser], uid, ownNetwork: true },
          { command: asUser, uid, ownNetwork: false },
          { command: ['unshare', '--net', '--'], uid: null, ownNetwork: true },
        ]
      : [{ command: ['unshare', '--user', '--map-current-user', '--net', '--'], uid: null, ownNetwork: true }];
  let lacking = process.geteuid?.() === 0 ? null : 'the worker is not root, so that plugins run as its own user';
  for (const walls of choices) {
    const problem = tried(walls, dataDir);
    if (problem === null) return { ...walls, lacking };
    lacking ??= problem;
  }
  return { ...NO_WALLS, lacking };
}

/** What goes wrong behind these walls; null when all is well. */
function tried({ command: [program, ...before], uid }: Omit<Walls, 'lacking'>, dataDir: string): string | null {
  const scratch = join(dataDir, 'partial', `engine-${randomUUID()}`);
  try {
    mkdirSync(scratch, { recursive: true });
    if (uid !== null) chownSync(scratch, uid, uid);
    const code = fileURLToPath(import.meta.url);
    const args = [...before, process.execPath, '-e', PROBE, code, dataDir, scratch];
    const { status, stderr, error } = spawnSync(program!, args, { encoding: 'utf8', timeout: PROBE_MS, cwd: '/' });
    if (status === 0) return null;
    // A program that is not there said nothing.
    if (error) return error.message;
    return (
      stderr.split('\n').find((line) => /\w+: |Error/.test(line)) ?? `${program!} ends with ${status ?? 'a signal'}`
    );
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
