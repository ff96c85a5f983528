import { setTimeout as sleep } from 'node:timers/promises';

import { type Backend, House } from '../../test/chaos/house.js';
import { openBareHops } from './bare-hops.js';
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
/** The peer is asked after gaps up to this: its hour would be lost on a figure that the others show. */
const BARE_GAP_MS = 5000;

/** From POST /job/ until `started` reaches a client of the event stream, after idle gaps; beside it the same hops bare, in turn. */
export async function measureLatency(backend: Backend, quick: boolean): Promise<Record<string, Spread>> {
  const house = await House.open(backend, { MILLRACE_LOG_LEVEL: 'warn' });
  const client = new BenchClient(house);
  await house.workers[1]!.kill('SIGTERM');
  await client.open();
  const bare = await openBareHops(house);
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
    for (let round = 0; round < WARM_UP; round++) {
      await once(10);
      await bare.click();
    }
    for (const { gapMs, times } of GAPS) {
      const values: number[] = [];
      const bareValues: number[] = [];
      const tries = quick && gapMs > 1000 ? QUICK_TIMES : times;
      for (let round = 0; round < tries; round++) {
        values.push(await once(gapMs));
        if (gapMs > BARE_GAP_MS) continue;
        await sleep(gapMs);
        bareValues.push(await bare.click());
      }
      results[`after ${gapMs / 1000} s idle`] = spread(values);
      if (bareValues.length > 0) results[`the same hops bare, after ${gapMs / 1000} s idle`] = spread(bareValues);
    }
  } finally {
    bare.close();
    client.close();
    await house.close();
  }
  return results;
}
