import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { checkReach, createLogger, type Config } from '#config';
import { freePort, lockFolder, type FolderLock } from '#embedded';

import { mindDatabase } from './minded-database.js';
import { mindProgram, PATIENCE, type MindedProgram, type Patience } from './minded-program.js';
import { ProgramLog } from './program-log.js';
import { startProgram, type ProgramOptions } from './program.js';
import { checkPort, publicUrl, untilReady } from './ready.js';
import { StandaloneError } from './standalone-error.js';

/** Paths of the compiled programs. */
export interface ProgramPaths {
  readonly migrate: string;
  readonly api: string;
  readonly worker: string;
}

/** What a standalone Millrace is run with. */
export interface StandaloneOptions {
  readonly config: Config;
  readonly paths: ProgramPaths;
  /** Prints a line on the terminal. */
  readonly say: (line: string) => void;
  /** Called once with the address, when Millrace answers. */
  readonly onReady: (url: string) => void;
  /** Ends it in order: api, worker, database. */
  readonly stop: AbortSignal;
  /** Ends it at once. */
  readonly force: AbortSignal;
  readonly patience?: Patience;
}

const STOP_MS = { api: 10_000, worker: 20_000 };

/**
 * Runs the whole of Millrace on this machine until `stop` is aborted.
 * @throws ConfigError, StandaloneError, EmbeddedError with a sentence for the person at the terminal, when it cannot start or go on.
 */
export async function runStandalone(options: StandaloneOptions): Promise<void> {
  const undo: (() => Promise<void> | void)[] = [];
  try {
    await start(options, undo);
  } catch (error) {
    // Stopped while it started: whatever broke off then broke off because of that.
    if (!options.stop.aborted) throw error;
  } finally {
    for (const step of undo.reverse()) await step();
  }
}

async function start(options: StandaloneOptions, undo: (() => Promise<void> | void)[]): Promise<void> {
  const { config, paths, say, stop, force } = options;
  const patience = options.patience ?? PATIENCE;
  // The API would refuse it too, but only when the database stands, and be started again.
  checkReach(config);
  const lock = await lockHome(config.home, patience.lockMs, stop);
  undo.push(lock.release);
  const port = config.port === 0 ? await freePort(config.host) : config.port;
  await checkPort(config.host, port);
  const verbose = config.logLevel === 'debug' || config.logLevel === 'trace';
  const database =
    config.databaseUrl === undefined
      ? await mindDatabase(config.home, createLogger(verbose ? config.logLevel : 'warn'))
      : undefined;
  if (database !== undefined) undo.push(database.stop);
  stop.throwIfAborted();

  const settings = {
    MILLRACE_HOME: config.home,
    MILLRACE_PORT: `${port}`,
    DATABASE_URL: database?.url ?? config.databaseUrl,
  };
  const program = (name: keyof ProgramPaths): ProgramOptions => {
    const log = new ProgramLog(join(config.home, 'logs', `${name}.log`));
    return { name, main: paths[name], settings, log, say, verbose };
  };
  await migrate(program('migrate'));
  stop.throwIfAborted();

  const minded = (['worker', 'api'] as const).map((name) => {
    const one: MindedProgram = mindProgram(program(name), patience);
    // A forced end does not wait for an orderly one that is under way.
    force.addEventListener('abort', () => void one.stop(0));
    undo.push(() => one.stop(force.aborted ? 0 : STOP_MS[name]));
    return one;
  });
  const broken = Promise.race([
    ...minded.map((one) => one.broken),
    ...(database === undefined ? [] : [database.broken]),
  ]);
  const over = new AbortController();
  undo.push(() => over.abort());
  await Promise.race([untilReady(config.host, port, AbortSignal.any([stop, over.signal])), broken]);
  for (const one of minded) one.settle();
  options.onReady(publicUrl(config.host, port));
  await Promise.race([aborted(stop), broken]);
}

/** An npm that was told to stop may be gone before the Millrace it started: the next start waits a little for that one. */
async function lockHome(home: string, patienceMs: number, stop: AbortSignal): Promise<FolderLock> {
  const end = Date.now() + patienceMs;
  for (;;) {
    try {
      return lockFolder(home);
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(100, undefined, { signal: stop });
    }
  }
}

async function migrate(options: ProgramOptions): Promise<void> {
  const { ok, how } = await startProgram(options).ended;
  const tail = options.log.tail();
  options.log.close();
  if (!ok)
    throw new StandaloneError(
      `The database could not be brought up to date (${how}). The log, ${options.log.file}:\n${tail}`,
    );
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}
