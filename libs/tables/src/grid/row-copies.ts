import { randomUUID } from 'node:crypto';
import { mkdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';

import type { Engine } from '../engine/engine.js';
import type { TableColumn } from '../table-meta.js';

import { DiskCache } from './disk-cache.js';
import type { PageRow } from './page-cells.js';
import { copySelect, readRowCopy, writeRowCopy, type GrowingCopy, type RowCopy } from './row-copy.js';

/** A table as a copy is made of it. */
export interface CopySource {
  /** The table with each row's number. */
  readonly from: string;
  readonly columns: readonly TableColumn[];
  /** Says which version of the data this is. */
  readonly key: string;
}

/** What one copy may take of the room for all of them and of what is free on the disk. */
const PART = { ofRoom: 0.5, ofFree: 0.25 } as const;

/**
 * Copies of large tables row by row, on disk: 50 scattered rows are 50 short reads there and 50 row groups in Parquet (ADR 0011).
 * They are made behind the requests, one at a time, and deleted when they are too many; without one the table itself is read. One in the
 * making already answers for the rows it holds, and rests while a request reads the table.
 */
export class RowCopies {
  private readonly kept: DiskCache<RowCopy>;
  private readonly folder: string;
  private readonly refused = new Set<string>();
  private readonly ending = new AbortController();
  private readonly reads = new Set<Promise<unknown>>();
  private making: Promise<void> | undefined;
  private growing: { readonly key: string; readonly copy: GrowingCopy } | undefined;

  constructor(
    private readonly engine: Engine,
    private readonly limitBytes: number,
  ) {
    this.kept = new DiskCache(limitBytes);
    this.folder = join(engine.settings.tempDirectory, `rows-${randomUUID()}`);
  }

  /** These rows, in this order; undefined when there is no copy, or none that can be read. */
  async read(source: CopySource, numbers: readonly number[]): Promise<PageRow[] | undefined> {
    const read = (copy: RowCopy | GrowingCopy) => readRowCopy(copy, source.columns, numbers);
    const key = keyOf(source);
    try {
      const { growing } = this;
      if (growing?.key === key && numbers.every((number) => number < growing.copy.rows))
        return await read(growing.copy);
      return await this.kept.peek(key, read);
    } catch {
      return undefined;
    }
  }

  /** Reads the table itself for a request; the copy in the making rests until that is done. */
  async aside<T>(read: Promise<T>): Promise<T> {
    this.reads.add(read);
    try {
      return await read;
    } finally {
      this.reads.delete(read);
    }
  }

  /** Sees to it that there will be a copy; one that could not be made is not tried again. */
  want(source: CopySource): void {
    const key = keyOf(source);
    if (this.making || this.ending.signal.aborted || this.kept.has(key) || this.refused.has(key)) return;
    this.making = this.kept
      .use(
        key,
        () => this.make(source, key),
        () => Promise.resolve(),
      )
      .catch(() => void this.refused.add(key))
      .finally(() => (this.making = this.growing = undefined));
  }

  /** Waits for the copy in the making. */
  async settled(): Promise<void> {
    await this.making;
  }

  /** See {@link DiskCache.sweep}. */
  sweep(isWanted: (key: string) => Promise<boolean>): Promise<void> {
    return this.kept.sweep(isWanted);
  }

  /** Ends what is in the making and deletes every copy. */
  async clear(): Promise<void> {
    this.ending.abort();
    await this.making;
    this.kept.clear();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async make({ from, columns }: CopySource, key: string): Promise<RowCopy> {
    await mkdir(this.folder, { recursive: true });
    const { bavail, bsize } = await statfs(this.folder);
    const limitBytes = Math.min(this.limitBytes * PART.ofRoom, bavail * bsize * PART.ofFree);
    const path = join(this.folder, randomUUID());
    const { signal } = this.ending;
    const grows = (copy: GrowingCopy) => void (this.growing = { key, copy });
    // Those under way are waited for, not those that come meanwhile: the copy gets on under any number of requests.
    const rest = () => Promise.allSettled([...this.reads]);
    return writeRowCopy(this.engine, { from, columns, path, limitBytes, signal, grows, rest });
  }
}

const keyOf = ({ key, columns }: CopySource): string => JSON.stringify([key, copySelect(columns)]);
