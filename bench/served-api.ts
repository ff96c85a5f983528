import { fork } from 'node:child_process';
import { mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { createLogger } from '#config';
import { freePort, startPostgres } from '#embedded';
import { migrate } from '#persistence';

/** The repository, seen from a compiled benchmark. */
export const root = join(import.meta.dirname, '..', '..');

/** A compiled API as in service, over a Postgres of its own. */
export interface ServedApi {
  /** Without a slash at its end. */
  readonly url: string;
  readonly databaseUrl: string;
  readonly pid: number;
  readonly postgresPid: number;
  /** Ends both and removes their folder. */
  stop(): Promise<void>;
}

const TRIES = 300;

/** @throws Error with the end of the API's log when it does not answer within half a minute. */
export async function serveApi(): Promise<ServedApi> {
  const home = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
  const postgres = await startPostgres({ home, log: createLogger('silent') });
  await migrate(postgres.url);
  const port = await freePort();
  const log = openSync(join(home, 'api.log'), 'a');
  const env = { NODE_ENV: 'production', MILLRACE_HOME: home, DATABASE_URL: postgres.url, MILLRACE_PORT: `${port}` };
  const api = fork(join(root, 'dist/apps/api/src/main.js'), {
    env: { ...process.env, ...env },
    execArgv: [],
    stdio: ['ignore', log, log, 'ipc'],
  });
  const ended = new Promise((resolve) => api.once('exit', resolve));
  const stop = async (): Promise<void> => {
    api.kill('SIGTERM');
    await ended;
    await postgres.stop();
    rmSync(home, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; (await fetch(`${url}/health/live`).catch(() => undefined))?.ok !== true; tries++) {
    if (tries > TRIES) {
      const said = readFileSync(join(home, 'api.log'), 'utf8').slice(-2000);
      await stop();
      throw new Error(`the API did not start: ${said}`);
    }
    await sleep(100);
  }
  return { url, databaseUrl: postgres.url, pid: api.pid!, postgresPid: postgres.pid, stop };
}
