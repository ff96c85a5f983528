import { setTimeout as sleep } from 'node:timers/promises';

import { type Backend, House } from '../../test/chaos/house.js';
import { BenchClient, spread, type Spread } from './bench-client.js';

const REQUESTS = 500;
const PAUSE_MS = 10;

/** How long the API takes for an answer without a database, at rest and while every compute child spins. */
export async function measureLiveness(backend: Backend): Promise<Record<string, Spread>> {
  const house = await House.open(backend);
  const client = new BenchClient(house);
  await client.open();
  const ask = async (): Promise<Spread> => {
    const values: number[] = [];
    for (let request = 0; request < REQUESTS; request++) {
      const start = performance.now();
      await (await fetch(`${house.url}/health/live`)).arrayBuffer();
      values.push(performance.now() - start);
      await sleep(PAUSE_MS);
    }
    return spread(values);
  };
  try {
    const resting = await ask();
    const jobs = [];
    for (let job = 0; job < 2; job++) jobs.push(await client.submit(await client.newRun({ spinMs: 120_000 })));
    for (const { id } of jobs) await client.when(id, ['started']);
    await sleep(2000);
    const computing = await ask();
    for (const { id } of jobs) await client.cancel(id);
    return { 'at rest': resting, 'while two jobs compute': computing };
  } finally {
    client.close();
    await house.close();
  }
}
