import { setTimeout as sleep } from 'node:timers/promises';

import type { Logger } from '#config';
import pg from 'pg';

import { locateBinaries, type Binaries } from './binaries.js';
import { ensureCluster, ROLE } from './cluster.js';
import { foldersOf, prepareFolders, type Folders } from './folders.js';
import { lockFolder } from './lock.js';
import { settleOrphan } from './orphan.js';
import { databaseOwner, type Owner } from './owner.js';
import { freePort } from './port.js';
import { PassingTrouble, startPostmaster, type Postmaster, type PostmasterExit, type Settings } from './postmaster.js';
import { usableBinaries } from './stage.js';

/** What `startPostgres` is given. */
export interface StartOptions {
  /** Everything is kept below `<home>/postgres`. */
  readonly home: string;
  readonly log: Logger;
  /** A port on 127.0.0.1; left out, any free one. */
  readonly port?: number;
  readonly settings?: Settings;
}

/** A running embedded Postgres. */
export interface EmbeddedPostgres {
  /** With user, password and the database `millrace`; for programs on this machine only. */
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Resolves when the server has ended, however; `expected` is false when nobody asked it to. */
  readonly exited: Promise<PostmasterExit>;
  /** Fast shutdown: open transactions are rolled back. */
  readonly stop: () => Promise<void>;
}

const TRIES = 50;

/**
 * Starts the Postgres that comes with Millrace, on 127.0.0.1 with a password, making its cluster the first time and
 * clearing what a killed run left. As root it runs as another user.
 * @throws EmbeddedError with a sentence for the person at the terminal.
 */
export async function startPostgres({ home, log, port, settings = {} }: StartOptions): Promise<EmbeddedPostgres> {
  const folders = foldersOf(home);
  const owner = databaseOwner(folders.data);
  prepareFolders(home, folders, owner);
  const lock = lockFolder(folders.base);
  try {
    const binaries = usableBinaries(locateBinaries(), folders.base, owner);
    await settleOrphan(binaries, folders.data, log);
    const password = await ensureCluster(binaries, folders, owner, settings.fsync !== 'off');
    const { postmaster, port: bound } = await launch(binaries, folders, owner, settings, port);
    void postmaster.exited.then(lock.release);
    const url = `postgres://${ROLE}:${password}@127.0.0.1:${bound}/${ROLE}`;
    await ensureDatabase(url, postmaster);
    log.debug({ pid: postmaster.pid, port: bound }, 'the embedded Postgres takes connections');
    return { url, port: bound, pid: postmaster.pid, exited: postmaster.exited, stop: postmaster.stop };
  } catch (error) {
    lock.release();
    throw error;
  }
}

/** Troubles that pass are tried again: another program took the free port, a killed server's memory is not freed yet. */
async function launch(
  binaries: Binaries,
  folders: Folders,
  owner: Owner | undefined,
  settings: Settings,
  wanted: number | undefined,
): Promise<{ postmaster: Postmaster; port: number }> {
  for (let attempt = 1; ; attempt += 1) {
    const port = wanted ?? (await freePort());
    const all = {
      listen_addresses: '127.0.0.1',
      port,
      unix_socket_directories: '',
      timezone: 'UTC',
      log_timezone: 'UTC',
      ...settings,
    };
    try {
      return { postmaster: await startPostmaster(binaries, folders, owner, all), port };
    } catch (error) {
      if (!(error instanceof PassingTrouble) || attempt === TRIES) throw error;
      await sleep(200);
    }
  }
}

async function ensureDatabase(url: string, postmaster: Postmaster): Promise<void> {
  const client = new pg.Client({ connectionString: url.replace(/[^/]*$/, 'postgres'), ssl: false });
  try {
    await client.connect();
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [ROLE]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${ROLE}`);
  } catch (error) {
    await postmaster.stop();
    throw error;
  } finally {
    await client.end();
  }
}
