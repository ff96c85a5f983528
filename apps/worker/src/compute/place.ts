import type { Compute, PluginPackage } from '#contract';

import type { ComputeSlot } from './compute-slot.js';
import type { SlotPool } from './slot-pool.js';

/** Where one job computes: a slot of a pool, which it may leave for a while. */
export class Place {
  private slot: ComputeSlot | undefined;
  /** Called when others may have the slot for the first time. */
  onLeave = (): void => undefined;

  constructor(private readonly pool: SlotPool) {}

  /** Waits for a slot, unless the signal says stop. */
  async take(signal?: AbortSignal): Promise<void> {
    this.slot = await this.pool.lend(signal);
  }

  /** The place as a port: whichever slot it is at the moment. */
  compute(fields: object, plugins: readonly PluginPackage[]): Compute {
    return {
      run: (name, input, events, signal) => {
        if (this.slot === undefined) throw new Error('a job that is away from its slot cannot compute');
        return this.slot.compute(fields, plugins).run(name, input, events, signal);
      },
    };
  }

  /** Leaves the slot to others while `wait` runs, and takes one again. */
  async away<W>(wait: () => Promise<W>, signal: AbortSignal): Promise<W> {
    this.leave();
    const result = await wait();
    await this.take(signal);
    return result;
  }

  leave(): void {
    const { slot } = this;
    this.slot = undefined;
    if (slot !== undefined) this.pool.giveBack(slot);
    this.onLeave();
  }
}
