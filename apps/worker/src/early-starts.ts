import { jobDefinitions, type QueueName } from '#contract';
import type { FeedJob, JobRef } from '#workflow';

/** What decides about an early start, and makes it. */
export interface Starter {
  /** A slot is free, and nothing in the queue waits for one. */
  readonly hasRoom: (queue: QueueName) => boolean;
  /** Claims and runs a job; resolves when its slot is free again. */
  readonly begin: (queue: QueueName, job: JobRef) => Promise<void>;
}

/**
 * Jobs that begin on their row's own word (ADR 0015): the feed tells of a new row some round trips before the queue brings its id.
 * Nobody is overtaken, since nothing waits, and whoever else hears of the job finds it claimed. A row that was put back to waiting
 * is left to the queue, for it waits for something.
 */
export class EarlyStarts {
  private readonly begun = new Map<string, Promise<void>>();

  constructor(private readonly starter: Starter) {}

  /** Takes the news of the feed. */
  hear(jobs: readonly Pick<FeedJob, 'id' | 'type' | 'state' | 'attempt' | 'cancel_requested'>[]): void {
    for (const { id, type, state, attempt, cancel_requested: cancelled } of jobs) {
      if (state !== 'not_started' || attempt > 0 || cancelled || this.begun.has(id)) continue;
      const { queue } = jobDefinitions[type];
      if (!this.starter.hasRoom(queue)) continue;
      const run = this.starter.begin(queue, { id, type }).finally(() => this.begun.delete(id));
      this.begun.set(id, run);
    }
  }

  /** The end of a job that began here, for the queue, which brings its id later; undefined for every other one. */
  endOf(id: string): Promise<void> | undefined {
    return this.begun.get(id);
  }
}
