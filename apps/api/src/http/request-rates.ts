/** Seconds of the rate that may come at once. */
const BURST_S = 5;
const MAX_KEYS = 100_000;

interface Bucket {
  left: number;
  at: number;
}

/** How often each caller may ask: a bucket per key that refills at `perSecond`. Of this process alone. */
export class RequestRates {
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly perSecond: number) {}

  /** Takes one request; answers 0, or the whole seconds to wait before the next. */
  take(key: string, now = Date.now()): number {
    const full = this.perSecond * BURST_S;
    const bucket = this.buckets.get(key) ?? { left: full, at: now };
    bucket.left = Math.min(full, bucket.left + (Math.max(0, now - bucket.at) * this.perSecond) / 1000);
    bucket.at = now;
    // Those who asked last stand last: the first one has rested longest and is full again, or soon.
    this.buckets.delete(key);
    this.buckets.set(key, bucket);
    if (this.buckets.size > MAX_KEYS) this.buckets.delete(this.buckets.keys().next().value!);
    if (bucket.left < 1) return Math.max(1, Math.ceil((1 - bucket.left) / this.perSecond));
    bucket.left--;
    return 0;
  }
}
