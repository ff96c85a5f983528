import { fork } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { join } from 'node:path';

/** One running program of ours. */
export interface Program {
  readonly pid: number;
  /** Everything it wrote. */
  readonly logFile: string;
  /** Its exit code or, killed, the signal's name; undefined while it runs. */
  readonly exitCode: () => number | string | undefined;
  /** SIGTERM, and SIGKILL when that is not enough. */
  readonly stop: () => Promise<void>;
  /** As `kill -9`. */
  readonly kill: () => Promise<void>;
}

const STOP_MS = 20_000;
const root = join(import.meta.dirname, '..', '..', '..');

/**
 * Starts `dist/apps/<name>/src/main.js`; the channel between parent and child ends it when the test process dies.
 * @throws Error when it is not built.
 */
export function startProgram(name: 'api' | 'worker', logFile: string, env: Readonly<Record<string, string>>): Program {
  const main = join(root, 'dist', 'apps', name, 'src', 'main.js');
  if (!existsSync(main)) throw new Error(`${main} is missing: run "npm run build" first`);
  const log = openSync(logFile, 'a');
  // The test runner's NODE_ENV and options are not the programs' business.
  const child = fork(main, {
    cwd: root,
    env: { ...outside(), ...env },
    execArgv: [],
    stdio: ['ignore', log, log, 'ipc'],
  });
  closeSync(log);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    const timer = setTimeout(() => child.kill('SIGKILL'), STOP_MS);
    if (child.exitCode === null && child.signalCode === null) await exited;
    clearTimeout(timer);
  };
  return {
    pid: child.pid ?? 0,
    logFile,
    exitCode: () => child.exitCode ?? child.signalCode ?? undefined,
    stop: () => stop('SIGTERM'),
    kill: () => stop('SIGKILL'),
  };
}

function outside(): NodeJS.ProcessEnv {
  const env = { ...process.env };
  for (const name of ['NODE_ENV', 'NODE_OPTIONS', 'VITEST']) Reflect.deleteProperty(env, name);
  return env;
}
