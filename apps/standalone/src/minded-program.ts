import { setTimeout as sleep } from 'node:timers/promises';

import { startProgram, type ProgramOptions, type StartedProgram } from './program.js';
import { StandaloneError } from './standalone-error.js';

/** How patient the minding is; tests are less so. */
export interface Patience {
  /** Wait before the first restart; doubled for every further one. */
  readonly firstMs: number;
  readonly mostMs: number;
  /** A program that lived this long is sound: the waits begin anew. */
  readonly soundMs: number;
  /** How long a start waits for an earlier Millrace on the same home, which may be stopping. */
  readonly lockMs: number;
}

/** A program that is started again whenever it ends by itself. */
export interface MindedProgram {
  /** Rejects when, before `settle`, it ended three times in a row without becoming sound. */
  readonly broken: Promise<never>;
  /** From now on it is restarted for ever. */
  readonly settle: () => void;
  readonly stop: (patienceMs: number) => Promise<void>;
}

export const PATIENCE: Patience = { firstMs: 500, mostMs: 15_000, soundMs: 30_000, lockMs: 5000 };
const TRIES_AT_START = 3;

/** Starts and minds a program. A program that is broken from the start is not tried for ever: the start fails. */
export function mindProgram(options: ProgramOptions, patience: Patience = PATIENCE): MindedProgram {
  const stopping = new AbortController();
  let settled = false;
  let current: StartedProgram;
  const mind = async (): Promise<void> => {
    for (let deaths = 0; ;) {
      current = startProgram(options);
      const began = Date.now();
      const { how } = await current.ended;
      if (stopping.signal.aborted) return;
      deaths = Date.now() - began >= patience.soundMs ? 1 : deaths + 1;
      if (!settled && deaths === TRIES_AT_START) {
        throw new StandaloneError(
          `The ${options.name} ends as soon as it starts (${how}). Its log, ${options.log.file}:\n${options.log.tail()}`,
        );
      }
      const waitMs = Math.min(patience.mostMs, patience.firstMs * 2 ** (deaths - 1));
      options.say(
        `The ${options.name} ended (${how}); it starts again in ${waitMs / 1000} s. Its log: ${options.log.file}`,
      );
      await sleep(waitMs, undefined, { signal: stopping.signal });
    }
  };
  const minding = mind();
  const broken = new Promise<never>((_, reject) => {
    minding.catch((error: unknown) => stopping.signal.aborted || reject(error as Error));
  });
  broken.catch(() => undefined);
  return {
    broken,
    settle: () => (settled = true),
    stop: async (patienceMs) => {
      stopping.abort();
      await current.stop(patienceMs);
      await minding.catch(() => undefined);
      options.log.close();
    },
  };
}
