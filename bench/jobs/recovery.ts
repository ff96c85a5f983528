import { setTimeout as sleep } from 'node:timers/promises';

import { type Backend, House } from '../../test/chaos/house.js';
import { BenchClient, spread, type Spread } from './bench-client.js';

const TIMES = 7;

/** From `kill -9` of the worker that runs a job until the job runs again: on a second worker, or on one that is started anew. */
export async function measureRecovery(backend: Backend): Promise<Record<string, Spread>> {
  const house = await House.open(backend);
  const client = new BenchClient(house);
  await client.open();
  const [one, other] = [house.workers[0]!, house.workers[1]!];
  const attempt = async (id: string): Promise<number> =>
    (await house.sql<{ attempt: number }>('SELECT attempt FROM job WHERE id = $1', [id]))[0]!.attempt;
  const round = async (second: boolean): Promise<number> => {
    await other.kill('SIGTERM');
    one.start();
    const { id } = await client.submit(await client.newRun({ sleepMs: 60_000 }));
    await client.when(id, ['started']);
    if (second) other.start();
    // Long enough for the second worker to be there, and for any phase of the heartbeat.
    await sleep(4000 + (performance.now() % 1000));
    await one.kill('SIGKILL');
    const killedAt = performance.now();
    if (!second) one.start();
    while ((await attempt(id)) < 2) await sleep(20);
    const againMs = performance.now() - killedAt;
    await client.cancel(id);
    one.start();
    await sleep(2000);
    return againMs;
  };
  try {
    const results: Record<string, Spread> = {};
    for (const [name, second] of [
      ['with a second worker', true],
      ['by the respawned worker', false],
    ] as const) {
      const values: number[] = [];
      for (let time = 0; time < TIMES; time++) values.push(await round(second));
      results[name] = spread(values);
    }
    return results;
  } finally {
    client.close();
    await house.close();
  }
}
