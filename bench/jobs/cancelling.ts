import { setTimeout as sleep } from 'node:timers/promises';

import { type Backend, House } from '../../test/chaos/house.js';
import { BenchClient, spread, type Spread } from './bench-client.js';

const TIMES = 20;

/** From DELETE until its answer, when the job has ended and its task no longer runs. */
export async function measureCancelling(backend: Backend): Promise<Record<string, Spread>> {
  const house = await House.open(backend);
  const client = new BenchClient(house);
  await house.workers[1]!.kill('SIGTERM');
  await client.open();
  const cancel = async (id: string): Promise<number> => {
    const start = performance.now();
    await client.cancel(id);
    const tookMs = performance.now() - start;
    const [row] = await house.sql<{ state: string }>('SELECT state FROM job WHERE id = $1', [id]);
    if (row?.state !== 'cancelled') throw new Error(`a cancelled job is ${row?.state ?? 'gone'}`);
    return tookMs;
  };
  const running = async (plan: object): Promise<number> => {
    const { id } = await client.submit(await client.newRun(plan));
    await client.when(id, ['started']);
    // Into the middle of the work: the child may have to be started first.
    await sleep(1500);
    return cancel(id);
  };
  const repeat = async (work: () => Promise<number>): Promise<Spread> => {
    const values: number[] = [];
    for (let time = 0; time < TIMES; time++) values.push(await work());
    return spread(values);
  };
  try {
    const ticking = await repeat(() => running({ spinMs: 60_000 }));
    const deaf = await repeat(() => running({ deafMs: 60_000 }));
    const blocker = await client.submit(await client.newRun({ sleepMs: 600_000 }));
    await client.when(blocker.id, ['started']);
    const queued = await repeat(async () => cancel((await client.submit(await client.newRun({}))).id));
    return { 'running, with ticks': ticking, 'running, deaf': deaf, queued };
  } finally {
    client.close();
    await house.close();
  }
}
