import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, rm } from 'node:fs/promises';
import { join } from 'node:path';

import type { Engine } from '../engine/engine.js';

/** Row numbers of a filtered or sorted table as a file of 32-bit integers. */
export interface RowOrder {
  readonly path: string;
  readonly count: number;
}
interface Entry {
  readonly order: Promise<RowOrder>;
  bytes: number;
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

  /** The order under this key, made by `sql` (one column of UINTEGER) when it is not there; requests at the same time share the work. */
  async get(key: string, sql: string, values: readonly (string | number)[], signal?: AbortSignal): Promise<RowOrder> {
    const known = this.entries.get(key);
    if (known) {
      this.entries.delete(key);
      this.entries.set(key, known);
      return known.order;
    }
    const entry: Entry = { order: this.make(key, sql, values, signal), bytes: 0 };
    this.entries.set(key, entry);
    try {
      entry.bytes = (await entry.order).count * BYTES;
    } catch (error) {
      this.entries.delete(key);
      throw error;
    }
    await this.shrink();
    return entry.order;
  }

  /** Row numbers `offset` to `offset + limit` of an order. */
  async slice(order: RowOrder, offset: number, limit: number): Promise<Uint32Array> {
    const count = Math.max(0, Math.min(limit, order.count - offset));
    const rows = new Uint32Array(count);
    if (count === 0) return rows;
    const file = await open(order.path);
    try {
      await file.read(rows, 0, count * BYTES, offset * BYTES);
      return rows;
    } finally {
      await file.close();
    }
  }

  /** Deletes every order. */
  async clear(): Promise<void> {
    this.entries.clear();
    await rm(this.folder, { recursive: true, force: true });
  }

  private async make(
    key: string,
    sql: string,
    values: readonly (string | number)[],
    signal?: AbortSignal,
  ): Promise<RowOrder> {
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

  private async shrink(): Promise<void> {
    let total = 0;
    for (const { bytes } of this.entries.values()) total += bytes;
    for (const [key, entry] of this.entries) {
      if (total <= this.limitBytes || this.entries.size === 1) return;
      this.entries.delete(key);
      total -= entry.bytes;
      await rm((await entry.order).path, { force: true });
    }
  }
}
