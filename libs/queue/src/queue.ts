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
  /**
   * The parent is handed out when every child has ended, well or not; until then it holds no slot, so that children of the same
   * queue never wait for it. Adding a parent again that waits does nothing; removing it takes its children back as well, unless one of
   * them runs: then it stays, and its claim finds that its row has ended.
   *
   * How to fan work out over every worker there is:
   * 1. The parent's rows come first, as always: one transaction writes its job row and one job row per child (`parent_id`), the
   *    children `listed: false`; after the commit `addFlow(parent, children)` instead of `add`.
   * 2. A child writes its outcome to its own row or a row of the parent's entity, under its own attempt, like any job. It never
   *    speaks to the parent.
   * 3. The parent's handler reads the outcomes in an order of their own (trial number, not time) and commits. The queue may lose
   *    everything it knows, and the sweeper then adds parent and children one by one: so the handler first asks the rows whether
   *    all children have ended, and throws `NotYet` when not, which gives its slot away.
   * 4. What ends the parent ends the children: cancel their rows (`stop`) when it is cancelled, and in `settle`.
   */
  addFlow(parent: QueuedJob, children: readonly QueuedJob[]): Promise<void>;
  /** Takes back what nobody has started; absent or running ids are fine. */
  remove(id: string, queue: QueueName): Promise<void>;
  /** Rejects when the broker does not answer within seconds. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

/** The receiving end of one queue. */
export interface Consumer {
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
