import { setTimeout as sleep } from 'node:timers/promises';

import { random as seeded, type Random } from '#linalg';

import { Client } from './client.js';
import { type Fault, faults } from './faults.js';
import { type Backend, House } from './house.js';
import { brokenRules, orphanFiles, startAudit, trialsFinished } from './invariants.js';
import { Loggers } from './loggers.js';

/** What one run of the driver is asked for. */
export interface ChaosPlan {
  readonly backend: Backend;
  readonly rounds: number;
  /** The same seed makes the same faults at the same moments. */
  readonly seed: number;
}

/** One round: which fault struck, how long until everything had ended, and every rule broken. */
export interface Round {
  readonly fault: string;
  readonly settledMs: number;
  /** Searches submitted so far, and trials that ended well. */
  readonly searches: number;
  readonly trials: number;
  readonly broken: readonly string[];
}

const JOBS = 6;
const PHASE_MS = 1500;
/** The slowest way: a lease runs out three times on a busy machine. */
const SETTLE_MS = 90_000;
const TIDY_EVERY = 5;
const TIDY_MS = 8000;
/** Of uploads alone: three times what a worker waits between two tidyings. */
const TIDY_TWICE_MS = 180_000;

/** Runs rounds of work with one fault each and checks after each that nothing was lost, wrong or done twice. */
export async function runChaos({ backend, rounds, seed }: ChaosPlan, report: (round: Round) => void): Promise<Round[]> {
  const random = seeded(seed);
  const house = await House.open(backend);
  const client = new Client(house);
  const loggers = new Loggers(house);
  const results: Round[] = [];
  try {
    await startAudit(house);
    await client.prepare();
    await loggers.prepare();
    const own = faults.filter(({ backends }) => backends.includes(backend));
    for (let number = 0; number < rounds; number++) {
      // Every fault once, then at random.
      const fault = own[number < own.length ? number : random.below(own.length)]!;
      const tidy = number % TIDY_EVERY === TIDY_EVERY - 1 || number === rounds - 1;
      const round = await runRound({ house, client, loggers, fault, random, tidy });
      results.push(round);
      report(round);
      if (round.broken.length > 0) break;
    }
  } finally {
    await client.close();
    await house.close({ keep: results.some(({ broken }) => broken.length > 0) });
  }
  return results;
}

interface Setting {
  readonly house: House;
  readonly client: Client;
  readonly loggers: Loggers;
  readonly fault: Fault;
  readonly random: Random;
  readonly tidy: boolean;
}

async function runRound({ house, client, loggers, fault, random, tidy }: Setting): Promise<Round> {
  const work = async (): Promise<void> => {
    for (let job = 0; job < JOBS; job++) {
      await client.submit(random);
      if (job === JOBS - 2) await client.cancelOne(random);
      await sleep(random.below(200));
    }
  };
  const phaseMs = random.below(PHASE_MS);
  // A stream of its own, or how fast the work goes would change what the fault draws.
  const own = seeded(random.uint32());
  const strike = async (): Promise<void> => {
    await sleep(phaseMs);
    await fault.strike(house, own);
    house.startPrograms();
  };
  loggers.start();
  await Promise.all([work(), strike()]);
  await loggers.stop();
  const start = performance.now();
  const left = await untilSettled(house);
  const settledMs = Math.round(performance.now() - start);
  await house.ready();
  const broken = left.length > 0 ? left : await brokenRules(house, client);
  broken.push(...(await loggers.broken()));
  if (tidy && broken.length === 0) broken.push(...(await untilTidy(house)));
  const { searches } = client;
  const trials = await trialsFinished(house);
  return {
    fault: fault.name,
    settledMs,
    searches,
    trials,
    broken: broken.length > 0 ? [...broken, `log: ${house.logFile}`] : [],
  };
}

/** Waits until nothing waits or runs; answers what still does. */
async function untilSettled(house: House): Promise<string[]> {
  for (let waited = 0; ; waited += 250) {
    const rows = await house.sql<{ id: string; state: string }>(
      `SELECT id, state FROM job WHERE state IN ('not_started', 'started')`,
    );
    if (rows.length === 0) return [];
    if (waited > SETTLE_MS) return rows.map(({ id, state }) => `job ${id} is still ${state}`);
    house.startPrograms();
    await sleep(250);
  }
}

/** A worker tidies when it starts; an upload that never got a job goes when one worker has seen it twice, a minute apart. */
async function untilTidy(house: House): Promise<string[]> {
  let left = await orphanFiles(house);
  for (let round = 0; left.length > 0 && round < 3; round++) {
    await house.workers[0]!.kill('SIGTERM');
    house.startPrograms();
    const patienceMs = (): number =>
      round === 2 && left.every((file) => file.startsWith('uploads/')) ? TIDY_TWICE_MS : TIDY_MS;
    for (let waited = 0; left.length > 0 && waited < patienceMs(); waited += 250) {
      await sleep(250);
      left = await orphanFiles(house);
    }
  }
  return left.map((file) => `nobody owns ${file}`);
}
