import { fork, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

import { childEnvironment } from '#config';

import { isAlarming, type ProgramLog } from './program-log.js';

/** What a program of ours is started with. */
export interface ProgramOptions {
  readonly name: string;
  /** Path of its compiled main file. */
  readonly main: string;
  readonly settings: Readonly<Record<string, string | undefined>>;
  readonly log: ProgramLog;
  /** Shows a line to the person at the terminal. */
  readonly say: (line: string) => void;
  /** Every line is shown, not only warnings. */
  readonly verbose: boolean;
}

/** A started program. */
export interface StartedProgram {
  /** Resolves with how it ended, in words: `exit code 1`, `SIGKILL`. */
  readonly ended: Promise<{ readonly ok: boolean; readonly how: string }>;
  /** SIGTERM, then SIGKILL after `patienceMs`; resolves when it is gone. */
  readonly stop: (patienceMs: number) => Promise<void>;
}

/**
 * Starts a program as the leader of a process group of its own, so that a Ctrl-C in the terminal reaches only us and
 * the order of stopping stays ours. Its channel to us is how it learns that we are gone (`process.on('disconnect')`),
 * even after kill -9.
 */
export function startProgram({ name, main, settings, log, say, verbose }: ProgramOptions): StartedProgram {
  const child = fork(main, {
    env: childEnvironment(settings),
    execArgv: [],
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let open = true;
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => {
      if (open) log.write(line);
      if (verbose || (stream === child.stderr && isAlarming(line))) say(`[${name}] ${line}`);
    });
  }
  const ended = new Promise<{ ok: boolean; how: string }>((resolve) => {
    child.once('error', (error) => resolve({ ok: false, how: error.message }));
    // `close` comes after the last line was read.
    child.once('close', (code, signal) => resolve({ ok: code === 0, how: signal ?? `exit code ${code ?? 'unknown'}` }));
  });
  void ended.then(() => (open = false));
  return { ended, stop: (patienceMs) => stop(child, ended, patienceMs) };
}

async function stop(child: ChildProcess, ended: Promise<unknown>, patienceMs: number): Promise<void> {
  // Windows knows no SIGTERM: there the closing channel asks the program to end.
  if (process.platform === 'win32' && child.connected) child.disconnect();
  else child.kill(patienceMs === 0 ? 'SIGKILL' : 'SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await ended;
  clearTimeout(timer);
}
