import { rm } from 'node:fs/promises';

import { AppError } from '#contract';

/** Files that were made, and how large they are together. */
export interface MadeFiles {
  readonly paths: readonly string[];
  readonly bytes: number;
}

interface Entry<M> {
  readonly made: Promise<M>;
  /** Zero until it is made. */
  bytes: number;
  /** Requests that wait for it or read it now; its files stay until they are done. */
  users: number;
}

/** Keeps the files that were asked for last, up to a number of bytes. What is used, or still made, is never deleted. */
export class DiskCache<M extends MadeFiles> {
  private readonly entries = new Map<string, Entry<M>>();

  constructor(private readonly limitBytes: number) {}

  /** Whether it is there or in the making. */
  has(key: string): boolean {
    return this.entries.has(key);
  }

  /**
   * Reads what is kept under this key; it is made first when it is not there. Requests at the same time share the work of making it.
   * One that gives up does not take the others down: whoever still waits makes it anew.
   */
  async use<T>(key: string, make: () => Promise<M>, read: (made: M) => Promise<T>, signal?: AbortSignal): Promise<T> {
    for (;;) {
      const known = this.entries.get(key);
      const entry = known ?? { made: make(), bytes: 0, users: 0 };
      try {
        return await this.holding(key, entry, read);
      } catch (error) {
        const gaveUp = error instanceof AppError && error.code === 'cancelled';
        if (!known || !gaveUp || signal?.aborted) throw error;
      }
    }
  }

  /** Reads what is kept under this key; undefined when it is not there or not whole yet. */
  async peek<T>(key: string, read: (made: M) => Promise<T>): Promise<T | undefined> {
    const entry = this.entries.get(key);
    return entry && entry.bytes > 0 ? this.holding(key, entry, read) : undefined;
  }

  /** Deletes what nobody has a use for any more. */
  async sweep(isWanted: (key: string) => Promise<boolean>): Promise<void> {
    for (const [key, entry] of [...this.entries]) {
      if (await isWanted(key)) continue;
      if (this.entries.get(key) !== entry || entry.users > 0 || entry.bytes === 0) continue;
      await this.remove(key, entry);
    }
  }

  /** Forgets everything; the files are the caller's to delete. */
  clear(): void {
    this.entries.clear();
  }

  private async holding<T>(key: string, entry: Entry<M>, read: (made: M) => Promise<T>): Promise<T> {
    this.entries.delete(key);
    this.entries.set(key, entry);
    entry.users++;
    try {
      const made = await entry.made;
      entry.bytes = made.bytes;
      return await read(made);
    } catch (error) {
      if (this.entries.get(key) === entry) this.entries.delete(key);
      throw error;
    } finally {
      entry.users--;
      await this.shrink();
    }
  }

  private async shrink(): Promise<void> {
    let total = 0;
    for (const { bytes } of this.entries.values()) total += bytes;
    for (const [key, entry] of [...this.entries]) {
      if (total <= this.limitBytes || this.entries.size === 1) break;
      if (entry.users > 0 || entry.bytes === 0 || this.entries.get(key) !== entry) continue;
      total -= entry.bytes;
      await this.remove(key, entry);
    }
  }

  private async remove(key: string, entry: Entry<M>): Promise<void> {
    this.entries.delete(key);
    for (const path of (await entry.made).paths) await rm(path, { force: true });
  }
}
