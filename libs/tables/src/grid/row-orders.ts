import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { AppError } from '#contract';

import type { Engine } from '../engine/engine.js';

/** Row numbers of a filtered or sorted table as a file of 32-bit integers. */
interface RowOrder {
  readonly path: string;
  readonly count: number;
}
interface Entry {
  readonly order: Promise<RowOrder>;
  /** Zero until the order is made. */
  bytes: number;
  /** Requests that wait for it or read it now; its file stays until they are done. */
  users: number;
}

/** How an order is made when it is not there: `sql` gives one column of UINTEGER. */
export interface OrderQuery {
  readonly key: string;
  readonly sql: string;
  readonly values: readonly (string | number)[];
}

const BYTES = Uint32Array.BYTES_PER_ELEMENT;
const WRITE_BYTES = 1 << 20;

/** Keeps the orders that were asked for last, on disk, up to a number of bytes. */
export class RowOrders {
  private readonly entries = new Map<string, Entry>();
  private readonly folder: string;

  constructor(
    private readonly engine: Engine,
    private readonly limitBytes: number,
  ) {
    this.folder = join(engine.settings.tempDirectory, `orders-${randomUUID()}`);
  }

  has(key: string): boolean {
    return this.entries.has(key);
  }

  /**
   * Row numbers `offset` to `offset + limit` of an order, and how many it has; requests at the same time share the work of making it.
   * One that gives up does not take the others down: whoever still waits makes it anew.
   */
  async read(
    query: OrderQuery,
    range: { readonly offset: number; readonly limit: number },
    signal?: AbortSignal,
  ): Promise<{ rows: Uint32Array; count: number }> {
    for (;;) {
      const known = this.entries.get(query.key);
      const entry = known ?? { order: this.make(query, signal), bytes: 0, users: 0 };
      this.entries.delete(query.key);
      this.entries.set(query.key, entry);
      entry.users++;
      try {
        const order = await entry.order;
        entry.bytes = order.count * BYTES;
        return { rows: await slice(order, range), count: order.count };
      } catch (error) {
        if (this.entries.get(query.key) === entry) this.entries.delete(query.key);
        const gaveUp = error instanceof AppError && error.code === 'cancelled';
        if (!known || !gaveUp || signal?.aborted) throw error;
      } finally {
        entry.users--;
        await this.shrink();
      }
    }
  }

  /** Deletes every order. */
  async clear(): Promise<void> {
    this.entries.clear();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async make({ key, sql, values }: OrderQuery, signal?: AbortSignal): Promise<RowOrder> {
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
      for await (const chunk of this.engine.chunks(sql, values, signal)) {
        const rows = Uint32Array.from(
          (chunk.getColumnVector(0) as unknown as { items: Uint32Array }).items.subarray(0, chunk.rowCount),
        );
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
    return { path, count };
  }

  /** Forgets the orders asked for longest ago that nobody uses; one in the making or being read is never among them. */
  private async shrink(): Promise<void> {
    let total = 0;
    for (const { bytes } of this.entries.values()) total += bytes;
    const gone: string[] = [];
    for (const [key, entry] of this.entries) {
      if (total <= this.limitBytes || this.entries.size === 1) break;
      if (entry.users > 0 || entry.bytes === 0) continue;
      this.entries.delete(key);
      total -= entry.bytes;
      gone.push((await entry.order).path);
    }
    for (const path of gone) await rm(path, { force: true });
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
