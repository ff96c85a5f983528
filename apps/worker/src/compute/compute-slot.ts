import { rm } from 'node:fs/promises';

import type { Logger } from '#config';
import {
  AppError,
  type Compute,
  type PluginPackage,
  type TaskEvents,
  type TaskName,
  type TaskOutput,
  taskTraits,
} from '#contract';
import { DiskStorage, scratchPath } from '#storage';

import { type Asked, type ChildKind, ComputeChild } from './compute-child.js';

/** The children a slot may have: one for our own code, and where plugins are turned on one of another kind for theirs. */
export interface ChildKinds {
  readonly own: ChildKind;
  readonly plugins: ChildKind | null;
}

/**
 * A place to compute for one task at a time. Code of plugins never runs in the child that runs ours: that one may do what our engines
 * need, theirs reads and computes, and what it makes becomes part of the storage here.
 */
export class ComputeSlot {
  private readonly own: ComputeChild;
  private guarded: ComputeChild | undefined;
  private readonly storage: DiskStorage;
  private busy = false;

  constructor(
    private readonly log: Logger,
    /** The storage, where a child's engine may spill. */
    private readonly dataDir: string,
    private readonly kinds: ChildKinds,
  ) {
    this.storage = new DiskStorage(dataDir);
    this.own = new ComputeChild(log, dataDir, kinds.own);
  }

  /** The slot as a port; `fields` go on the child's log lines. */
  compute(fields: object, plugins: readonly PluginPackage[] = []): Compute {
    return {
      run: <N extends TaskName>(name: N, input: unknown, events: TaskEvents, signal: AbortSignal) =>
        this.run(name, input, { fields, plugins, events, signal }) as Promise<TaskOutput<N>>,
    };
  }

  /** Kills the children; a running task rejects. Settles when nothing of them is left. */
  async close(): Promise<void> {
    await Promise.all([this.own.close(), this.guarded?.close()]);
  }

  private async run(name: TaskName, input: unknown, asked: Asked): Promise<unknown> {
    asked.signal.throwIfAborted();
    if (this.busy) throw new Error('a compute slot runs one task at a time');
    this.busy = true;
    try {
      if (asked.plugins.length === 0 && taskTraits[name].code !== 'looked-at')
        return await this.own.run(name, input, asked);
      return await this.runGuarded(name, input, asked);
    } finally {
      this.busy = false;
    }
  }

  private async runGuarded(name: TaskName, input: unknown, asked: Asked): Promise<unknown> {
    if (this.kinds.plugins === null) throw new AppError('plugins-disabled');
    this.guarded ??= new ComputeChild(this.log, this.dataDir, this.kinds.plugins);
    return this.guarded.run(name, input, asked, {
      harvest: async (scratch) => {
        for (const key of keysOf(name, input)) await this.takeIn(scratchPath(scratch, key), key);
      },
      discard: async (scratch) => {
        for (const key of keysOf(name, input)) await rm(scratchPath(scratch, key), { recursive: true, force: true });
      },
    });
  }

  private async takeIn(path: string, key: string): Promise<void> {
    await this.storage.adopt(path, key).catch((error: unknown) => {
      // A task may leave out what it may write: a search that is handed over has fitted nothing yet.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    });
  }
}

/** Keys a task may write under. */
function keysOf(name: TaskName, input: unknown): string[] {
  const given = input as Readonly<Record<string, unknown>>;
  return taskTraits[name].writes.flatMap((part: string) => (typeof given[part] === 'string' ? [given[part]] : []));
}
