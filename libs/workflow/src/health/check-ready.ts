import { AppError } from '#contract';

import type { Ports } from '../ports.js';

const ANSWER_MS = 2000;

interface Ready {
  readonly status: 'ok';
  readonly checks: Readonly<Record<'database' | 'queue' | 'components', 'ok'>>;
}

/**
 * Whether work can be taken: the database answers, the queue answers, and a worker has described its components.
 * @throws AppError `unavailable` naming what is missing.
 */
export async function checkReady({ db, queue, catalogue }: Ports): Promise<Ready> {
  await answers('database', db.query('SELECT 1'));
  await answers('queue', queue.ping());
  if (catalogue.size === 0) await answers('components', catalogue.refresh());
  if (catalogue.size === 0) throw new AppError('unavailable', { service: 'components' });
  return { status: 'ok', checks: { database: 'ok', queue: 'ok', components: 'ok' } };
}

async function answers(service: string, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${ANSWER_MS} ms`)), ANSWER_MS);
  });
  try {
    await Promise.race([work, late]);
  } catch (error) {
    throw new AppError('unavailable', { service }, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
