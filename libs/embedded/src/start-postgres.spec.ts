import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import pg from 'pg';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';

import { createLogger } from '#config';

import { locateBinaries, program } from './binaries.js';
import { EmbeddedError } from './embedded-error.js';
import { foldersOf } from './folders.js';
import { databaseOwner } from './owner.js';
import { isAlive } from './process-identity.js';
import { usableBinaries } from './stage.js';
import { startPostgres, type EmbeddedPostgres } from './start-postgres.js';

const log = createLogger('silent');
const settings = { fsync: 'off' };
let home = '';
let running: EmbeddedPostgres[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'millrace-embedded-'));
  running = [];
});

afterEach(async () => {
  for (const postgres of running) await postgres.stop();
  rmSync(home, { recursive: true, force: true });
});

async function start(): Promise<EmbeddedPostgres> {
  const postgres = await startPostgres({ home, log, settings });
  running.push(postgres);
  return postgres;
}

/** A home whose cluster is made and at rest, a copy of one: making a cluster takes a second, and most tests are about what comes after. */
let model: string | undefined;
async function useMadeHome(): Promise<void> {
  if (model === undefined) {
    await (await start()).stop();
    model = mkdtempSync(join(tmpdir(), 'millrace-embedded-'));
    execFileSync('cp', ['-a', `${home}/.`, model]);
    return;
  }
  execFileSync('cp', ['-a', `${model}/.`, home]);
}

afterAll(() => {
  if (model !== undefined) rmSync(model, { recursive: true, force: true });
});

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

test('starts twice on one home and keeps its rows, its password and its closed doors', async () => {
  const first = await start();
  await query(first.url, 'CREATE TABLE kept AS SELECT 42 AS n');
  const shown = await query(
    first.url,
    `SELECT current_setting('server_encoding') AS encoding, current_setting('lc_messages') AS locale,
     current_setting('listen_addresses') AS listens, current_setting('TimeZone') AS zone`,
  );
  expect(shown).toEqual([{ encoding: 'UTF8', locale: 'C', listens: '127.0.0.1', zone: 'UTC' }]);
  await first.stop();
  expect(await first.exited).toMatchObject({ expected: true, code: 0 });

  const second = await start();
  expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 42 }]);
  await expect(query(second.url.replace(/:[^:@]*@/, ':wrong@'), 'SELECT 1')).rejects.toThrow(
    /password authentication failed/,
  );
  const { base, passwordFile } = foldersOf(home);
  expect(statSync(passwordFile).mode & 0o777).toBe(0o600);
  expect(statSync(base).mode & 0o777).toBe(0o700);
});

test('a second start on a home in use is refused by a sentence', async () => {
  await useMadeHome();
  await start();
  await expect(start()).rejects.toThrow(EmbeddedError);
  await expect(start()).rejects.toThrow(/in use by another Millrace \(process \d+\).*MILLRACE_HOME/s);
});

test('a killed postmaster is noticed, and what was committed is there after the next start', async () => {
  await useMadeHome();
  const first = await start();
  await query(first.url, 'CREATE TABLE kept AS SELECT 1 AS n');
  process.kill(first.pid, 'SIGKILL');
  expect(await first.exited).toMatchObject({ expected: false, signal: 'SIGKILL' });
  await first.stop();
  const second = await start();
  expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 1 }]);
});

test('a backend too busy to notice that its postmaster was killed does not hold up the next start', async () => {
  await useMadeHome();
  const first = await start();
  const busy = new pg.Client({ connectionString: first.url });
  busy.on('error', () => undefined);
  await busy.connect();
  const work = busy.query('SELECT count(*) FROM generate_series(1, 1e12::bigint)').catch(() => 'ended');
  await expect
    .poll(() =>
      query(
        first.url,
        `SELECT 1 FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%generate_series(1, 1e12%' AND pid <> pg_backend_pid()`,
      ),
    )
    .toHaveLength(1);
  process.kill(first.pid, 'SIGKILL');
  await first.exited;
  const second = await start();
  expect(await query(second.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  expect(await work).toBe('ended');
});

test('an orphan that still runs after its launcher was killed is stopped, and its data kept', async () => {
  await useMadeHome();
  const first = await start();
  await query(first.url, 'CREATE TABLE kept AS SELECT 7 AS n');
  await first.stop();
  const { base, data } = foldersOf(home);
  const owner = databaseOwner(data);
  const orphan = spawn(
    program(usableBinaries(locateBinaries(), base, owner), 'postgres'),
    ['-D', data, '-p', `${first.port}`, '-c', 'unix_socket_directories='],
    {
      ...owner,
      cwd: base,
      env: { LC_ALL: 'C' },
      detached: true,
      stdio: 'ignore',
    },
  );
  const ended = once(orphan, 'exit');
  await expect
    .poll(() => query(first.url, 'SELECT n FROM kept').catch(() => 'not yet'), { timeout: 10_000 })
    .toEqual([{ n: 7 }]);
  const second = await start();
  expect(await ended).toEqual([0, null]);
  expect(await query(second.url, 'SELECT n FROM kept')).toEqual([{ n: 7 }]);
});

test('a postmaster.pid whose number belongs to a stranger is stale: the stranger lives on', async () => {
  await useMadeHome();
  const stranger = spawn('sleep', ['60']);
  writeFileSync(join(foldersOf(home).data, 'postmaster.pid'), `${stranger.pid ?? 0}\n${foldersOf(home).data}\n`);
  const second = await start();
  expect(await query(second.url, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  expect(isAlive(stranger.pid ?? 0)).toBe(true);
  stranger.kill();
});

test('a cluster killed while it was made is made again', async () => {
  await useMadeHome();
  const { data } = foldersOf(home);
  rmSync(data, { recursive: true });
  writeFileSync(`${data}-unfinished`, 'half');
  await start();
  expect(existsSync(`${data}-unfinished`)).toBe(false);
});

test('a cluster of another major version is refused and left alone', async () => {
  await useMadeHome();
  const file = join(foldersOf(home).data, 'PG_VERSION');
  writeFileSync(file, '15\n');
  await expect(start()).rejects.toThrow(/made by Postgres 15/);
  expect(readFileSync(file, 'utf8')).toBe('15\n');
});

test('a server that cannot start says why, and lets go of the home', async () => {
  await expect(startPostgres({ home, log, settings: { fsync: 'off', shared_buffers: 'much' } })).rejects.toThrow(
    /shared_buffers/,
  );
  await start();
});
