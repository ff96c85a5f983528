import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { type Backend, House } from '../../test/chaos/house.js';
import { programSeconds } from '../cpu.js';
import { logStatements, statementsOf } from './statements.js';

const CLIENTS = 10;
/** How often DashAI's client asks for changes while it watches a job. */
const POLL_MS = 1000;
/** Starting programs read, compile and warm up; what they do then is not what they do all day. */
const SETTLED_MS = 20_000;

/** Who looks on; answers how to send them away. */
type Audience = (house: House) => () => void;

const AUDIENCES: Readonly<Record<string, Audience>> = {
  'nobody looks on': () => () => undefined,
  [`${CLIENTS} pages poll each second`]: (house) => {
    const leave = new AbortController();
    for (let page = 0; page < CLIENTS; page++) void poll(house, leave.signal, (page * POLL_MS) / CLIENTS);
    return () => leave.abort();
  },
  [`${CLIENTS} pages hold a stream`]: (house) => {
    const leave = new AbortController();
    for (let page = 0; page < CLIENTS; page++) void listen(house, leave.signal);
    return () => leave.abort();
  },
};

/**
 * What a Millrace with one worker costs while no job waits or runs: processor seconds of each program in a minute, and the statements
 * that Postgres is sent in a minute. The statements are counted apart, for writing them down costs something as well.
 */
export async function measureIdle(backend: Backend, quick: boolean): Promise<Record<string, unknown>> {
  const house = await House.open(backend, { MILLRACE_LOG_LEVEL: 'warn' });
  const windowMs = quick ? 10_000 : 60_000;
  const perMinute = (value: number): number => Math.round((100 * value * 60_000) / windowMs) / 100;
  try {
    await house.workers[1]!.kill('SIGTERM');
    await sleep(SETTLED_MS);
    const costs: Record<string, { cpuSeconds: Record<string, number>; statements?: Record<string, number> }> = {};
    for (const [who, arrive] of Object.entries(AUDIENCES)) {
      const leave = arrive(house);
      await sleep(POLL_MS);
      const before = secondsOf(house);
      await sleep(windowMs);
      const after = secondsOf(house);
      leave();
      const spent = Object.entries(after).map(
        ([program, end]) => [program, perMinute(end - before[program]!)] as const,
      );
      costs[who] = { cpuSeconds: Object.fromEntries(spent) };
    }
    await logStatements(house);
    for (const [who, arrive] of Object.entries(AUDIENCES)) {
      const leave = arrive(house);
      await sleep(POLL_MS);
      const sent = await statementsOf(house, () => sleep(windowMs));
      leave();
      const counts = Object.entries(sent).map(([program, count]) => [program, perMinute(count)] as const);
      costs[who]!.statements = Object.fromEntries(counts);
    }
    return costs;
  } finally {
    await house.close();
  }
}

/** User and system seconds so far, children included. */
function secondsOf(house: House): Record<string, number> {
  return {
    api: programSeconds(house.api.pid!),
    worker: programSeconds(house.workers[0]!.pid!),
    postgres: programSeconds(postmaster(house.home)),
  };
}

function postmaster(home: string): number {
  const file = readdirSync(home, { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('postmaster.pid'));
  return Number(readFileSync(join(home, file!), 'utf8').split('\n')[0]);
}

async function poll(house: House, signal: AbortSignal, delayMs: number): Promise<void> {
  await sleep(delayMs);
  let since = '';
  while (!signal.aborted) {
    const answer = await fetch(`${house.url}/api/v1/job/changes${since}`, { signal }).catch(() => null);
    if (answer?.ok) since = `?since=${encodeURIComponent(((await answer.json()) as { cursor: string }).cursor)}`;
    await sleep(POLL_MS);
  }
}

async function listen(house: House, signal: AbortSignal): Promise<void> {
  try {
    const answer = await fetch(`${house.url}/api/v1/job/events`, { signal });
    await answer.body?.pipeTo(new WritableStream(), { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
