import { randomUUID } from 'node:crypto';
import { mkdir, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';

/** How often an owner says that its folder is in use. */
const TOUCH_MS = 20_000;
/** An owner that was silent for this long is gone. */
export const ENGINE_SILENT_MS = 10 * 60_000;
/** Every engine's folder below `partial/`, also those that earlier releases named after a process. */
export const ENGINE_NAME = /^engine-[\w-]+$/;

/** Where one program's engine puts what does not fit into memory. */
export interface EngineFolder {
  readonly path: string;
  /** Removes it; nothing writes there any more. */
  readonly close: () => Promise<void>;
}

/**
 * A new folder below `partial/`, of one engine alone: it empties the folder it is given. Its name says nothing of the process,
 * for programs in two containers share a storage and have the same ids of processes. Kept young while its owner lives, so that the
 * sweep knows what a killed one left.
 */
export function engineFolder(dataDir: string): EngineFolder {
  const path = join(dataDir, 'partial', `engine-${randomUUID()}`);
  const touch = (): void => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  };
  // The engine makes it as well, in its own time; an owner that never opens one leaves an empty folder at most.
  mkdir(path, { recursive: true }).catch(() => undefined);
  const timer = setInterval(touch, TOUCH_MS);
  timer.unref();
  return {
    path,
    close: async () => {
      clearInterval(timer);
      await rm(path, { recursive: true, force: true });
    },
  };
}
