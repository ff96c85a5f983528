import { WaitingError, Worker } from 'bullmq';

import type { QueueName } from '#contract';

import { type BrokerConfig, waitingBroker } from './broker.js';
import type { Consumer, ConsumerOptions } from './queue.js';

/**
 * Receives the ids of one queue. `onJob` settles when the job needs the slot no longer; should it reject, the id is forgotten
 * all the same, for the job's row says whether it must run again. After a lost lock an id may be handed out twice. Locks are
 * shorter than the leases of jobs: an id a dead consumer still holds would hide the one added again.
 * @throws the driver's error when the broker cannot be reached on Postgres; on Redis it connects later.
 */
export async function openConsumer(
  config: BrokerConfig,
  queue: QueueName,
  { concurrency, lockMs = 3000, stalledMs = 500, onError }: ConsumerOptions,
  onJob: (id: string) => Promise<void>,
): Promise<Consumer> {
  const { connection, backend, prefix } = waitingBroker(config, 2);
  // A fetch that waits while the consumer is paused still takes one job; it is put back.
  let paused = false;
  const worker = new Worker(
    queue,
    async (job, token) => {
      if (paused) {
        await job.moveToWait(token);
        throw new WaitingError();
      }
      if (job.id !== undefined) await onJob(job.id);
    },
    {
      connection,
      prefix,
      concurrency,
      lockDuration: lockMs,
      lockRenewTime: lockMs / 4,
      stalledInterval: stalledMs,
      maxStalledCount: 1_000_000,
      runRetryDelay: 250,
      drainDelay: 5,
    },
    backend,
  );
  worker.on('error', onError);
  let idle = false;
  worker.on('drained', () => {
    idle = true;
  });
  worker.on('active', () => {
    idle = false;
  });
  if (config.redisUrl === undefined) await worker.waitUntilReady();
  return {
    get idle() {
      return idle && !paused;
    },
    pause: async () => {
      paused = true;
      await worker.pause(true);
    },
    close: () => worker.close(),
  };
}
