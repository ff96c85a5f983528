import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { type Config, environmentWithoutSecrets } from '#config';

/** The folder Millrace itself lies in, which its programs read their code from. */
const root = fileURLToPath(
  new URL(import.meta.url.includes('/dist/') ? '../../../../../' : '../../../../', import.meta.url),
);
/** Variables a child has a use for; whatever else the operator's shell holds is not for plugins. */
const USEFUL =
  /^(?:MILLRACE_|LC_|LANG$|LANGUAGE$|TZ$|PATH$|HOME$|TMPDIR$|TEMP$|TMP$|SYSTEMROOT$|NODE_|UV_|OMP_|LD_LIBRARY_PATH$)/;
const SECRET = /TOKEN|SECRET|PASSWORD|CREDENTIAL|_KEY$|_URL$/;

/** What a compute child may know of its surroundings. Where it runs plugins, only what it has a use for. */
export function childEnvironmentOf(
  { pluginsEnabled }: Pick<Config, 'pluginsEnabled'>,
  open: Record<string, string | undefined> = environmentWithoutSecrets(),
): Record<string, string | undefined> {
  if (!pluginsEnabled) return open;
  return Object.fromEntries(Object.entries(open).filter(([name]) => USEFUL.test(name) && !SECRET.test(name)));
}

/**
 * Node's flags for a compute child that runs plugins: it reads its own code and the data folder, writes the data folder, and starts no
 * programs. Compiled add-ons must stay allowed, since the engine of tables is one; docs/adr/0009-plugins.md says what that means.
 */
export function childRights(config: Pick<Config, 'pluginsEnabled' | 'dataDir'> & Partial<Config>): string[] {
  if (!config.pluginsEnabled) return [];
  const engine = Object.entries(config).flatMap(([name, value]) =>
    /^(?:models|textEngine|tasksModule)/.test(name) && typeof value === 'string' && value.startsWith('/')
      ? [value]
      : [],
  );
  const readable = outermost([root, join(root, 'node_modules'), config.dataDir, ...engine].flatMap(bothNames));
  const writable = outermost(bothNames(config.dataDir));
  return [
    '--experimental-permission',
    '--disable-warning=ExperimentalWarning',
    '--disable-warning=SecurityWarning',
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
