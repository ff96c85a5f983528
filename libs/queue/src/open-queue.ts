import { type JobsOptions, Queue } from 'bullmq';

import { AppError, QUEUES, type QueueName } from '#contract';

import { type BrokerConfig, failingBroker } from './broker.js';
import type { JobQueue, QueuedJob } from './queue.js';

const NAME = 'job';
/** The truth is in Postgres: what ended is forgotten at once, and events nobody reads stay few. */
const FORGET = { removeOnComplete: true, removeOnFail: true } as const;
const ANSWER_MS = 2000;
const STREAMS = { events: { maxLen: 200 } };

/**
 * Connects the sending end of every queue.
 * @param onError hears what the connection suffers; it is re-established by itself.
 * @throws the driver's error when the broker cannot be reached within seconds on Postgres; on Redis it connects later.
 */
export async function openQueue(config: BrokerConfig, onError: (error: Error) => void): Promise<JobQueue> {
  const { connection, backend, prefix } = failingBroker(config, 3);
  const common = { connection, prefix };
  const open = (name: QueueName) => {
    const queue = new Queue(name, { ...common, streams: STREAMS }, backend);
    queue.on('error', onError);
    return queue;
  };
  const queues = Object.fromEntries(QUEUES.map((name) => [name, open(name)])) as Record<QueueName, Queue>;
  if (config.redisUrl === undefined) await Promise.all(QUEUES.map((name) => queues[name].waitUntilReady()));
  return {
    add: (job) => soon(queues[job.queue].add(NAME, {}, options(job))),
    addAll: async (jobs) => {
      for (const name of QUEUES) {
        const own = jobs.filter(({ queue }) => queue === name);
        const entries = own.map((job) => ({ name: NAME, data: {}, opts: options(job) }));
        if (entries.length > 0) await soon(queues[name].addBulk(entries));
      }
    },
    // A job that runs holds its lock, and BullMQ refuses to remove it: the cancel flag of its row speaks to it.
    remove: async (id, queue) => {
      await soon(queues[queue].remove(id)).catch(() => undefined);
    },
    ping: async () => {
      await soon(queues.io.count());
    },
    close: async () => {
      // A connection that never came about is waited for by its close, so it is not waited for here.
      await soon(Promise.all(QUEUES.map((name) => queues[name].close()))).catch(() => undefined);
    },
  };
}

function options({ id, priority, delayMs }: QueuedJob): JobsOptions {
  return { jobId: id, priority, attempts: 1, ...(delayMs === undefined ? {} : { delay: delayMs }), ...FORGET };
}

/** Before its first connection BullMQ waits for a broker however long it is away; nobody who adds a job should. */
async function soon(work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new AppError('unavailable', { service: 'queue' })), ANSWER_MS);
  });
  try {
    await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
