import type { QueueName } from '#contract';

/** What travels: an id, never the truth. */
export interface QueuedJob {
  /** The job row's id, a UUID; adding the same id again is a no-op while the queue knows it. */
  readonly id: string;
  readonly queue: QueueName;
  /** From 1; smaller runs first, equal ones in the order they came. */
  readonly priority: number;
  /** Wait before the first start. */
  readonly delayMs?: number;
}

/** The sending end. Every call rejects quickly while the broker is away; the caller's row stays and is added later. */
export interface JobQueue {
  add(job: QueuedJob): Promise<void>;
  /** Many in one round trip per queue. */
  addAll(jobs: readonly QueuedJob[]): Promise<void>;
  /** Takes back what nobody has started; absent or running ids are fine. */
  remove(id: string, queue: QueueName): Promise<void>;
  /** Rejects when the broker does not answer within seconds. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The receiving end of one queue. */
export interface Consumer {
  /** Nothing waited in the queue when it was last asked. */
  readonly idle: boolean;
  /** Takes no further job; those running go on. */
  pause(): Promise<void>;
  /** Waits for the running ones, then disconnects. */
  close(): Promise<void>;
}

/** How a queue is consumed. */
export interface ConsumerOptions {
  /** Jobs at a time. */
  readonly concurrency: number;
  /** A job whose consumer does not renew its lock for this long is handed out again. */
  readonly lockMs?: number;
  /** How often lost locks are looked for. */
  readonly stalledMs?: number;
  /** Hears what the broker's connection suffers; the consumer reconnects by itself. */
  readonly onError: (error: Error) => void;
}
