import type { ComputeSlot } from './compute-slot.js';

/** The slots of one queue; whoever comes when all are busy waits for the next free one, in order. */
export class SlotPool {
  private readonly free: ComputeSlot[];
  private readonly waiting: ((slot: ComputeSlot) => void)[] = [];

  constructor(private readonly slots: readonly ComputeSlot[]) {
    this.free = [...slots];
  }

  /** Lends a slot for the time of the work. */
  async use<T>(work: (compute: ComputeSlot['compute']) => Promise<T>): Promise<T> {
    const slot = this.free.pop() ?? (await new Promise<ComputeSlot>((resolve) => this.waiting.push(resolve)));
    try {
      return await work((fields, plugins) => slot.compute(fields, plugins));
    } finally {
      const next = this.waiting.shift();
      if (next) next(slot);
      else this.free.push(slot);
    }
  }

  /** Settles when every child is gone. */
  async close(): Promise<void> {
    await Promise.all(this.slots.map((slot) => slot.close()));
  }
}
