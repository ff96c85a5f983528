import { micros } from '../clock.js';

/** Times of rows and entries, in seconds; -1 means the one before. */
export class Timestamps {
  private last: number | undefined;

  /** @throws RangeError when there is none before, and for what is no time. */
  resolve(given: unknown): number {
    if (given === -1) {
      if (this.last === undefined) throw new RangeError('_ts: -1 takes the time of the row before, and there is none');
      return this.last;
    }
    if (given !== undefined && (typeof given !== 'number' || !Number.isFinite(given)))
      throw new RangeError('_ts is a time in seconds, or -1 for the time of the row before');
    this.last = given ?? micros() / 1e6;
    return this.last;
  }
}
