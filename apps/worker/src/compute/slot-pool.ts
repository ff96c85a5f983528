import type { ComputeSlot } from './compute-slot.js';

/** The slots of one queue; whoever comes when all are busy waits for the next free one, in order. */
export class SlotPool {
  private readonly free: ComputeSlot[];
  private readonly waiting: ((slot: ComputeSlot) => void)[] = [];

  constructor(private readonly slots: readonly ComputeSlot[]) {
    this.free = [...slots];
  }

  /** A slot is free, and is lent to whoever asks next. */
  get hasFree(): boolean {
    return this.free.length > 0;
  }

  /** Lends a slot until it is given back. Rejects with the signal's reason when that ends the wait. */
  async lend(signal?: AbortSignal): Promise<ComputeSlot> {
    signal?.throwIfAborted();
    const free = this.free.pop();
    if (free) return free;
    return new Promise((resolve, reject) => {
      const take = (slot: ComputeSlot): void => {
        signal?.removeEventListener('abort', leave);
        resolve(slot);
      };
      const leave = (): void => {
        this.waiting.splice(this.waiting.indexOf(take), 1);
        // What the signal says is the error, as everywhere.
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors
        reject(signal!.reason);
      };
      this.waiting.push(take);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  giveBack(slot: ComputeSlot): void {
    const next = this.waiting.shift();
    if (next) next(slot);
    else this.free.push(slot);
  }

  /** Lends a slot for the time of the work. */
  async use<T>(work: (compute: ComputeSlot['compute']) => Promise<T>): Promise<T> {
    const slot = await this.lend();
    try {
      return await work((fields, plugins) => slot.compute(fields, plugins));
    } finally {
      this.giveBack(slot);
    }
  }

  /** Settles when every child is gone. */
  async close(): Promise<void> {
    await Promise.all(this.slots.map((slot) => slot.close()));
  }
}
