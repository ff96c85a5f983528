import { readFileSync, statSync } from 'node:fs';

/** The operating system's user who owns the cluster and runs it. */
export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

const NOBODY: Owner = { uid: 65534, gid: 65534 };

/**
 * Who the database runs as when we are root, because Postgres refuses root: the owner of a cluster that is already
 * there, else the user `postgres`, else nobody. An ordinary user runs it as themselves (undefined).
 */
export function databaseOwner(dataDir: string): Owner | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const found = statSync(dataDir, { throwIfNoEntry: false });
  if (found !== undefined && found.uid !== 0) return { uid: found.uid, gid: found.gid };
  return passwdEntry('postgres') ?? NOBODY;
}

function passwdEntry(name: string): Owner | undefined {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((entry) => entry.startsWith(`${name}:`));
  const [, , uid, gid] = (line ?? '').split(':').map(Number);
  return uid === undefined || gid === undefined || !(uid > 0) ? undefined : { uid, gid };
}
