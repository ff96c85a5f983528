import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { freePort } from '#embedded';

import { testDatabase } from './databases.js';
import { startProgram, type Program } from './program.js';
import { noteRoutes } from './touched-routes.js';
import { testRedis } from './redis.js';

/** What `startMillrace` runs. */
export interface MillraceOptions {
  /** What carries the jobs. */
  readonly backend: 'postgres' | 'redis';
  readonly workers?: number;
  /** Further settings for every program. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The compiled programs, running on a database and a home of their own. */
export interface RunningMillrace {
  /** Of the API, without a slash at the end. */
  readonly url: string;
  readonly databaseUrl: string;
  readonly redisUrl: string | undefined;
  readonly home: string;
  readonly api: Program;
  /** Also those added by `spawnWorker`. */
  readonly workers: readonly Program[];
  readonly spawnWorker: () => Program;
  /** Ends the programs in order and removes database and home; `keep` leaves the folder with the logs. */
  readonly stop: (options?: { keep?: boolean }) => Promise<void>;
}

const READY_MS = 60_000;

/**
 * Starts api and workers from `dist` (build first) and waits until `/health/ready` answers 200.
 * @throws Error with the end of every log when they do not get ready.
 */
export async function startMillrace({
  backend,
  workers: count = 1,
  env = {},
}: MillraceOptions): Promise<RunningMillrace> {
  const home = await mkdtemp(join(tmpdir(), 'millrace-e2e-'));
  // As a home that Millrace makes: other users, such as that of plugins, may pass through.
  await chmod(home, 0o711);
  const database = await testDatabase({ migrated: true });
  const redis = backend === 'redis' ? await testRedis() : undefined;
  const port = await freePort();
  const settings = {
    DATABASE_URL: database.url,
    REDIS_URL: redis?.url ?? '',
    MILLRACE_HOME: home,
    MILLRACE_HOST: '127.0.0.1',
    MILLRACE_PORT: `${port}`,
    MILLRACE_CHECK_ANSWERS: 'on',
    ...env,
  };
  const workers: Program[] = [];
  const spawnWorker = (): Program => {
    const worker = startProgram('worker', join(home, `worker-${workers.length + 1}.log`), settings);
    workers.push(worker);
    return worker;
  };
  const api = startProgram('api', join(home, 'api.log'), settings);
  for (let started = 0; started < count; started += 1) spawnWorker();
  const stop = async ({ keep = false } = {}): Promise<void> => {
    await api.stop();
    await Promise.all(workers.map((worker) => worker.stop()));
    await Promise.all([database.drop(), redis?.drop()]);
    await noteRoutes(api.logFile);
    if (!keep) await rm(home, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  try {
    await untilReady(url, [api, ...workers]);
  } catch (error) {
    await stop({ keep: true });
    throw error;
  }
  return { url, databaseUrl: database.url, redisUrl: redis?.url, home, api, workers, spawnWorker, stop };
}

async function untilReady(url: string, programs: readonly Program[]): Promise<void> {
  const end = Date.now() + READY_MS;
  for (;;) {
    const status = await fetch(`${url}/health/ready`).then(
      (answer) => answer.status,
      () => undefined,
    );
    if (status === 200) return;
    const dead = programs.some((program) => program.exitCode() !== undefined);
    if (dead || Date.now() > end)
      throw new Error(`Millrace is not ready (last answer: ${status ?? 'none'})\n${await tails(programs)}`);
    await sleep(50);
  }
}

async function tails(programs: readonly Program[]): Promise<string> {
  const texts = programs.map(
    async ({ logFile }) => `--- ${logFile}\n${(await readFile(logFile, 'utf8')).slice(-3000)}`,
  );
  return (await Promise.all(texts)).join('\n');
}
