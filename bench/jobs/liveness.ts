import { setTimeout as sleep } from 'node:timers/promises';

import { Caller } from '../../test/e2e/caller.js';
import { newRun, session } from '../../test/e2e/training.js';
import { type Backend, House } from '../../test/chaos/house.js';
import { BenchClient, spread, type Spread } from './bench-client.js';

const REQUESTS = 500;
const PAUSE_MS = 10;
const ROWS = 50_000;
/** More trees than there is time for: the runs are cancelled when the API was asked often enough. */
const FOREST = { n_estimators: 5000, max_depth: 12, max_leaf_nodes: 256 };

/** How long the API takes for an answer without a database, at rest, while every compute child spins, and while two forests grow. */
export async function measureLiveness(backend: Backend): Promise<Record<string, Spread>> {
  return { ...(await besideSpinning(backend)), ...(await besideTraining(backend)) };
}

async function ask(house: House): Promise<Spread> {
  const values: number[] = [];
  for (let request = 0; request < REQUESTS; request++) {
    const start = performance.now();
    await (await fetch(`${house.url}/health/live`)).arrayBuffer();
    values.push(performance.now() - start);
    await sleep(PAUSE_MS);
  }
  return spread(values);
}

async function besideSpinning(backend: Backend): Promise<Record<string, Spread>> {
  const house = await House.open(backend);
  const client = new BenchClient(house);
  await client.open();
  try {
    const resting = await ask(house);
    const jobs = [];
    for (let job = 0; job < 2; job++) jobs.push(await client.submit(await client.newRun({ spinMs: 120_000 })));
    for (const { id } of jobs) await client.when(id, ['started']);
    await sleep(2000);
    const computing = await ask(house);
    for (const { id } of jobs) await client.cancel(id);
    return { 'at rest': resting, 'while two jobs compute': computing };
  } finally {
    client.close();
    await house.close();
  }
}

/** Our own learners in our own workers, one thread each: with their progress, their live metrics and all that a run writes. */
async function besideTraining(backend: Backend): Promise<Record<string, Spread>> {
  const house = await House.open(backend, { MILLRACE_TASKS: '' });
  const api = new Caller(house.url);
  try {
    const { id: dataset } = await api.dataset('numbers', table());
    const columns = { input_columns: ['a', 'b', 'c', 'd'], output_columns: ['kind'] };
    const { id } = await api.ok<{ id: number }>('POST', '/model-session/', session(dataset, 'forests', columns));
    const jobs: string[] = [];
    for (let run = 0; run < 2; run++) {
      const body = newRun(id, 'RandomForestClassifier', FOREST, { name: `forest ${run}` });
      const made = await api.ok<{ id: number }>('POST', '/run/', body);
      jobs.push(await api.submit('ModelJob', { run_id: made.id }));
    }
    const statuses = (): Promise<string[]> =>
      Promise.all(jobs.map(async (job) => (await api.ok<{ status: string }>('GET', `/job/status/${job}`)).status));
    const bothTrain = async (): Promise<boolean> => (await statuses()).every((status) => status === 'started');
    for (let waitedMs = 0; !(await bothTrain()) && waitedMs < 60_000; waitedMs += 100) await sleep(100);
    await sleep(2000);
    const training = await ask(house);
    if (!(await bothTrain())) throw new Error(`the runs did not train to the end: ${(await statuses()).join(', ')}`);
    for (const job of jobs) await api.ok('DELETE', `/job/${job}`);
    return { 'while two jobs train': training };
  } finally {
    await house.close();
  }
}

function table(): string {
  const lines = Array.from({ length: ROWS }, (_, row) => {
    const [a, b, c, d] = [7, 11, 13, 17].map((step) => ((row * step * 7919) % 10_007) / 100);
    return [a, b, c, d, (a! + b! * c! - d!) % 3 < 1 ? 'yes' : 'no'].join(',');
  });
  return `a,b,c,d,kind\n${lines.join('\n')}\n`;
}
