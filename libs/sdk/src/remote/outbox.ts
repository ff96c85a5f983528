import { HttpError } from '#client';

import type { Settings } from '../settings.js';
import { tell } from '../tell.js';
import { type Parcel, STATUS_LANE } from './parcel.js';
import type { Kept, SpoolFile, SpoolPlace } from './spool.js';

/** How parcels leave: `deliver` rejects when one did not; `reject` keeps what never will. */
export interface Carrier {
  /** Where to, for messages. */
  readonly name: string;
  readonly deliver: (parcel: Parcel) => Promise<void>;
  readonly reject: (parcel: Parcel, why: HttpError) => void;
  /** A refusal may be cured from outside: a token renewed. */
  readonly renew: () => void;
  readonly spool: () => SpoolFile;
  /** Lets go of what is on its way: a server that hangs would hold the process. */
  readonly stop: () => void;
}

/** A parcel in memory, on disk, or both. */
interface Held {
  readonly lane: string;
  readonly items: number;
  parcel: Parcel | undefined;
  place: SpoolPlace | undefined;
}
interface Lane {
  readonly waiting: Held[];
  busy: boolean;
}

type Pace = Pick<Settings, 'workers' | 'queueLimit' | 'retryBaseMs' | 'retryMaxMs'>;

/** Whoever waits for the server sees within this time that it is back, however long it was away. */
const WATCHED_PAUSE_MS = 1000;

/**
 * Parcels on their way to a server, first in first out within their lane. While the server is away they wait on disk, where a process
 * that is killed leaves them to the next; beside a server that answers they wait in memory up to a limit. Nothing here throws for what
 * the line or the disk does.
 */
export class Outbox {
  private readonly lanes = new Map<string, Lane>();
  private readonly waiters = new Set<() => void>();
  private active = 0;
  private failures = 0;
  private pausedUntil = 0;
  private timer: NodeJS.Timeout | undefined;
  private inMemory = 0;
  private stopped = false;

  constructor(
    private readonly carrier: Carrier,
    private readonly pace: Pace,
  ) {}

  /** Rows, lines and entries that have not arrived. */
  get waiting(): number {
    let items = 0;
    for (const { waiting } of this.lanes.values()) for (const held of waiting) items += held.items;
    return items;
  }

  add(parcel: Parcel): void {
    this.hold({ lane: parcel.lane, items: parcel.items, parcel, place: undefined });
  }

  /** One that lies on disk already. */
  addKept({ lane, items, place }: Kept): void {
    this.hold({ lane, items, parcel: undefined, place });
  }

  private hold(held: Held): void {
    // Only how a run stands at last is of interest.
    if (held.lane === STATUS_LANE) this.forget(STATUS_LANE);
    this.laneOf(held.lane).waiting.push(held);
    if (!held.place) this.inMemory += held.items;
    if (this.inMemory >= this.pace.queueLimit) this.spill();
    else if (this.failures > 0) this.putOnDisk(held);
    this.pump();
  }

  /** Puts everything that is in memory on disk; what is on its way stays noted until it has arrived. */
  spill(): void {
    for (const { waiting } of this.lanes.values()) for (const held of waiting) if (!this.putOnDisk(held)) return;
  }

  private putOnDisk(held: Held): boolean {
    if (held.place) return true;
    try {
      held.place = this.carrier.spool().keep(held.parcel!);
    } catch (error) {
      tell('What waits for the server cannot be put on disk', error);
      return false;
    }
    held.parcel = undefined;
    this.inMemory -= held.items;
    return true;
  }

  /**
   * Waits until everything has arrived, or for so long; a server that was away is tried at once, and often while
   * this waits. @param hold whether the process stays for it.
   */
  async settle(timeoutMs: number, { hold = true } = {}): Promise<boolean> {
    this.pausedUntil = 0;
    this.pump();
    if (this.isEmpty()) return true;
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(late);
        this.waiters.delete(done);
        resolve(this.isEmpty());
      };
      const late = setTimeout(done, timeoutMs);
      if (!hold) late.unref();
      this.waiters.add(done);
    });
  }

  /** Sends no more; what lies on disk is left to whoever comes next. */
  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    for (const { waiting } of this.lanes.values()) for (const { place } of waiting) place?.file.release();
    this.carrier.stop();
    for (const done of [...this.waiters]) done();
  }

  private isEmpty(): boolean {
    return this.active === 0 && this.lanes.size === 0;
  }

  private forget(name: string): void {
    const lane = this.lanes.get(name);
    if (!lane) return;
    for (const held of lane.waiting.splice(lane.busy ? 1 : 0)) this.drop(held);
  }

  private drop(held: Held): void {
    if (held.place) held.place.file.sent(held.place);
    else this.inMemory -= held.items;
  }

  private laneOf(name: string): Lane {
    const lane = this.lanes.get(name) ?? { waiting: [], busy: false };
    this.lanes.set(name, lane);
    return lane;
  }

  private pump(): void {
    if (this.stopped) return;
    const pause = this.pausedUntil - Date.now();
    if (pause > 0) {
      clearTimeout(this.timer);
      // Whoever waits holds the process; a pause alone does not.
      this.timer = setTimeout(() => this.pump(), pause).unref();
      return;
    }
    // While it is not known whether the server is back, one parcel finds out.
    const workers = this.failures > 0 ? 1 : this.pace.workers;
    for (const [name, lane] of this.lanes) {
      if (this.active >= workers) return;
      const isDue = name !== STATUS_LANE || this.lanes.size === 1;
      if (!lane.busy && lane.waiting.length > 0 && isDue) void this.carry(name, lane);
    }
  }

  private async carry(name: string, lane: Lane): Promise<void> {
    lane.busy = true;
    this.active += 1;
    const [held] = lane.waiting as [Held];
    try {
      const parcel = held.parcel ?? this.loaded(held.place!);
      if (parcel) await this.carrier.deliver(parcel).catch((error: unknown) => this.refused(name, parcel, error));
      this.failures = 0;
      this.arrived(lane, held);
    } catch (error) {
      this.failed(error);
    } finally {
      this.active -= 1;
      lane.busy = false;
      if (lane.waiting.length === 0) this.lanes.delete(name);
      if (this.isEmpty()) for (const done of [...this.waiters]) done();
      this.pump();
    }
  }

  /** A parcel from the disk; one that cannot be read again says nothing of the server, and holds up nobody. */
  private loaded(place: SpoolPlace): Parcel | undefined {
    try {
      return place.file.load(place);
    } catch (error) {
      tell(`A part of what waits for ${this.carrier.name} cannot be read again`, error);
      return undefined;
    }
  }

  /** Keeps what the server will never take, and goes on. @throws whatever else went wrong. */
  private refused(lane: string, parcel: Parcel, error: unknown): void {
    if (!isFinal(error)) throw error;
    tell(`${this.carrier.name} refused ${parcel.items} items of ${lane} for good`, error);
    this.carrier.reject(parcel, error);
  }

  private arrived(lane: Lane, held: Held): void {
    lane.waiting.shift();
    this.drop(held);
  }

  private failed(error: unknown): void {
    if (this.stopped) return;
    if (error instanceof HttpError && (error.status === 401 || error.status === 403)) this.carrier.renew();
    const asked = error instanceof HttpError ? (error.retryAfterMs ?? 0) : 0;
    const { retryBaseMs, retryMaxMs } = this.pace;
    // A pause that outlasts whoever waits would make a server that is back in time come too late.
    const longest = this.waiters.size > 0 ? Math.min(retryMaxMs, WATCHED_PAUSE_MS) : retryMaxMs;
    const pause = Math.min(longest, retryBaseMs * 2 ** this.failures);
    this.failures += 1;
    this.pausedUntil = Date.now() + Math.max(pause, Math.min(asked, retryMaxMs));
    this.spill();
    tell(`${this.carrier.name} takes nothing now; what is logged waits and is sent later`, error);
  }
}

/** What will be refused again however often it is sent. 401 and 403 wait for another token, 408, 409, 425 and 429 for another moment. */
function isFinal(error: unknown): error is HttpError {
  const passing = [401, 403, 408, 409, 425, 429];
  return error instanceof HttpError && error.status >= 400 && error.status < 500 && !passing.includes(error.status);
}
