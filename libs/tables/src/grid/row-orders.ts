import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { Engine } from '../engine/engine.js';

import { DiskCache, type MadeFiles } from './disk-cache.js';

/** Row numbers of a filtered or sorted table as a file of 32-bit integers. */
interface RowOrder extends MadeFiles {
  readonly path: string;
  readonly count: number;
}

/** How an order is made when it is not there: `sql` gives one column of UINTEGER. */
export interface OrderQuery {
  readonly key: string;
  readonly sql: string;
  readonly values: readonly (string | number)[];
  /** As many numbers as there can be: the rows of the table. */
  readonly atMost: number;
}

const BYTES = Uint32Array.BYTES_PER_ELEMENT;
const WRITE_BYTES = 1 << 20;
/** Orders up to this size are held in memory while they are made, a third of the time of making them in pieces. */
const WHOLE_BYTES = 80 * 1024 ** 2;

/** Keeps the orders that were asked for last, on disk, up to a number of bytes. */
export class RowOrders {
  private readonly kept: DiskCache<RowOrder>;
  private readonly folder: string;

  constructor(
    private readonly engine: Engine,
    limitBytes: number,
  ) {
    this.kept = new DiskCache(limitBytes);
    this.folder = join(engine.settings.tempDirectory, `orders-${randomUUID()}`);
  }

  has(key: string): boolean {
    return this.kept.has(key);
  }

  /** Row numbers `offset` to `offset + limit` of an order, and how many it has; see {@link DiskCache.use}. */
  async read(
    query: OrderQuery,
    range: { readonly offset: number; readonly limit: number },
    signal?: AbortSignal,
  ): Promise<{ rows: Uint32Array; count: number }> {
    const read = async (order: RowOrder) => ({ rows: await slice(order, range), count: order.count });
    return this.kept.use(query.key, () => this.make(query, signal), read, signal);
  }

  /** See {@link DiskCache.sweep}. */
  sweep(isWanted: (key: string) => Promise<boolean>): Promise<void> {
    return this.kept.sweep(isWanted);
  }

  /** Deletes every order. */
  async clear(): Promise<void> {
    this.kept.clear();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async make({ key, sql, values, atMost }: OrderQuery, signal?: AbortSignal): Promise<RowOrder> {
    await mkdir(this.folder, { recursive: true });
    const path = join(
      this.folder,
      `${createHash('sha256').update(key).digest('hex').slice(0, 32)}-${randomUUID().slice(0, 8)}`,
    );
    const file = await open(path, 'w');
    let count = 0;
    let pending: Uint8Array[] = [];
    let size = 0;
    const flush = async () => {
      if (size > 0) await file.writev(pending);
      pending = [];
      size = 0;
    };
    try {
      for await (const chunk of this.engine.chunks(sql, values, signal, { whole: atMost * BYTES <= WHOLE_BYTES })) {
        const { items } = chunk.getColumnVector(0) as unknown as { items: Uint32Array };
        const rows = items.slice(0, chunk.rowCount);
        pending.push(new Uint8Array(rows.buffer));
        count += rows.length;
        size += rows.byteLength;
        if (size >= WRITE_BYTES) await flush();
      }
      await flush();
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    } finally {
      await file.close();
    }
    return { path, count, paths: [path], bytes: count * BYTES };
  }
}

async function slice(
  order: RowOrder,
  range: { readonly offset: number; readonly limit: number },
): Promise<Uint32Array> {
  const count = Math.max(0, Math.min(range.limit, order.count - range.offset));
  const rows = new Uint32Array(count);
  if (count === 0) return rows;
  const file = await open(order.path);
  try {
    await file.read(rows, 0, count * BYTES, range.offset * BYTES);
    return rows;
  } finally {
    await file.close();
  }
}
