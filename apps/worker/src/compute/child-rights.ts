import { chmodSync, chownSync, mkdirSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { type Config, environmentWithoutSecrets } from '#config';

import type { ChildKinds } from './compute-slot.js';
import type { Walls } from './plugin-walls.js';

/** The folder Millrace itself lies in, which its programs read their code from. */
const root = fileURLToPath(
  new URL(import.meta.url.includes('/dist/') ? '../../../../../' : '../../../../', import.meta.url),
);
/** Variables a child has a use for; whatever else the operator's shell holds is not for plugins. */
const USEFUL = /^(?:MILLRACE_|LC_|LANG$|LANGUAGE$|TZ$|PATH$|SYSTEMROOT$|NODE_|UV_|OMP_|LD_LIBRARY_PATH$)/;
const SECRET = /TOKEN|SECRET|PASSWORD|CREDENTIAL|_KEY$|_URL$/;

/**
 * The two kinds of compute children. Our own code gets everything but what opens the database, the broker or the API: its engine for
 * language models starts a process. Plugins' code gets what `walls` and Node's permission model leave of it.
 */
export function childKinds(config: Config, walls: Walls | null): ChildKinds {
  const own = {
    guarded: false,
    loadMs: 0,
    launch: () => ({ program: process.execPath, flags: ['--enable-source-maps'], env: environmentWithoutSecrets() }),
  };
  if (walls === null) return { own, plugins: null };
  const program = walls.command[0] ?? process.execPath;
  const before = walls.command.length === 0 ? [] : [...walls.command.slice(1), process.execPath];
  const launch = (folder: string) => {
    makeScratch(folder, walls);
    return {
      program,
      flags: [...before, '--enable-source-maps', ...childRights(config, folder)],
      env: childEnvironment(config, folder),
    };
  };
  return { own, plugins: { guarded: true, loadMs: config.pluginLoadMs, launch } };
}

/** The only folder a child for plugins writes to, before it starts: it may not make it where it lies. */
function makeScratch(folder: string, { uid }: Pick<Walls, 'uid'>): void {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o700);
  if (uid !== null) chownSync(folder, uid, uid);
}

/** What a child for plugins may know of its surroundings. As another user it has no home, and would look for Millrace's there. */
function childEnvironment({ home }: Pick<Config, 'home'>, folder: string): Record<string, string | undefined> {
  const useful = Object.entries(environmentWithoutSecrets()).filter(
    ([name]) => USEFUL.test(name) && !SECRET.test(name),
  );
  return {
    ...Object.fromEntries(useful),
    MILLRACE_HOME: home,
    HOME: folder,
    TMPDIR: folder,
    TEMP: folder,
    TMP: folder,
  };
}

/**
 * Node's flags for a child for plugins: it reads its own code and the data folder, writes its own folder, and starts no programs.
 * Compiled add-ons must stay allowed, since the engine of tables is one; `closeDoors` forbids more of them once that is loaded.
 */
function childRights({ dataDir, tasksModule }: Pick<Config, 'dataDir' | 'tasksModule'>, folder: string): string[] {
  const tasks = tasksModule === undefined ? [] : [tasksModule];
  const readable = outermost([root, join(root, 'node_modules'), dataDir, ...tasks].flatMap(bothNames));
  const writable = outermost(bothNames(folder));
  return [
    Number(process.versions.node.split('.')[0]) >= 24 ? '--permission' : '--experimental-permission',
    // Of Node's rules being new, and of the add-ons.
    '--no-warnings',
    '--allow-worker',
    '--allow-addons',
    // The list of its own threads, to set their priority; not what lies below it, whose links lead everywhere.
    '--allow-fs-read=/proc/self/task',
    ...readable.map((path) => `--allow-fs-read=${path}/*`),
    ...writable.map((path) => `--allow-fs-write=${path}/*`),
  ];
}

/** A folder under its name and under the one its links lead to. */
function bothNames(path: string): string[] {
  const plain = path.replace(/\/+$/, '');
  return [plain, resolved(plain)];
}

/** Folders that lie in no other of these: Node 20 ends itself over rights that overlap. */
function outermost(folders: readonly string[]): string[] {
  const distinct = [...new Set(folders)];
  return distinct.filter((folder) => !distinct.some((other) => other !== folder && folder.startsWith(`${other}/`)));
}

function resolved(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
