import { setTimeout as sleep } from 'node:timers/promises';

import { type Backend, House } from '../../test/chaos/house.js';
import { BenchClient } from './bench-client.js';
import { logStatements, type Statements, statementsOf } from './statements.js';

const CLICKS = 20;
/** What nobody waits for happens before and after the click, but for the loops that run all the time. */
const QUIET_MS = 400;

/**
 * Statements that Postgres is sent for one click, from `POST /job/` to the end of the job's start, by program: a measure that no
 * load of the machine changes. The job sleeps, so that its end is not in the count; what the loops ask all the time is taken away.
 */
export async function countRoundTrips(backend: Backend): Promise<Record<string, unknown>> {
  const house = await House.open(backend, { MILLRACE_LOG_LEVEL: 'warn' });
  const client = new BenchClient(house);
  await house.workers[1]!.kill('SIGTERM');
  await client.open();
  try {
    await logStatements(house);
    const warm = await client.submit(await client.newRun({}));
    await client.when(warm.id, ['finished']);
    const idle = await during(house, () => Promise.resolve());
    const counts: Record<string, number> = {};
    for (let click = 0; click < CLICKS; click++) {
      const runId = await client.newRun({ sleepMs: 600_000 });
      await sleep(QUIET_MS);
      let id = '';
      const seen = await during(house, async () => {
        ({ id } = await client.submit(runId));
        await client.when(id, ['started']);
      });
      for (const [program, count] of Object.entries(seen))
        counts[program] = (counts[program] ?? 0) + count - (idle[program] ?? 0);
      await client.cancel(id);
    }
    return Object.fromEntries(
      Object.entries(counts).map(([program, count]) => [program, Math.round((10 * count) / CLICKS) / 10]),
    );
  } finally {
    client.close();
    await house.close();
  }
}

/** Statements by application while some work is done and a moment after it. */
const during = (house: House, work: () => Promise<void>): Promise<Statements> =>
  statementsOf(house, async () => {
    await work();
    await sleep(QUIET_MS);
  });
