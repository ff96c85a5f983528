import { setTimeout as sleep } from 'node:timers/promises';

import { type Backend, House } from '../../test/chaos/house.js';
import { BenchClient, spread, type Spread } from './bench-client.js';

const WARM_UP = 20;
/** Idle time before each click, and how often it is tried. */
const GAPS = [
  { gapMs: 50, times: 200 },
  { gapMs: 5000, times: 20 },
  { gapMs: 60_000, times: 20 },
] as const;
/** With `--quick` the long gaps are tried this often. */
const QUICK_TIMES = 3;

/** From POST /job/ until `started` reaches a client of the event stream, after idle gaps. */
export async function measureLatency(backend: Backend, quick: boolean): Promise<Record<string, Spread>> {
  const house = await House.open(backend, { MILLRACE_LOG_LEVEL: 'warn' });
  const client = new BenchClient(house);
  await house.workers[1]!.kill('SIGTERM');
  await client.open();
  const results: Record<string, Spread> = {};
  try {
    const once = async (gapMs: number): Promise<number> => {
      const runId = await client.newRun({});
      await sleep(gapMs);
      const { id, sentAt } = await client.submit(runId);
      const started = await client.when(id, ['started', 'finished']);
      await client.when(id, ['finished']);
      return started - sentAt;
    };
    for (let round = 0; round < WARM_UP; round++) await once(10);
    for (const { gapMs, times } of GAPS) {
      const values: number[] = [];
      const tries = quick && gapMs > 1000 ? QUICK_TIMES : times;
      for (let round = 0; round < tries; round++) values.push(await once(gapMs));
      results[`after ${gapMs / 1000} s idle`] = spread(values);
    }
  } finally {
    client.close();
    await house.close();
  }
  return results;
}
