import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { afterAll, beforeAll, expect, test, vi } from 'vitest';

import { Client } from './client.js';
import { House } from './house.js';

let house: House;
let client: Client;
beforeAll(async () => {
  house = await House.open('postgres');
  client = new Client(house);
  await client.prepare();
  await house.workers[1]!.kill('SIGTERM');
});
afterAll(async () => {
  await client.close();
  await house.close();
});

interface JobRow {
  state: string;
  attempt: number;
  max_attempts: number;
  request_id: string;
  error: { code: string } | null;
}
const job = async (id: string): Promise<JobRow> =>
  (await house.sql<JobRow>('SELECT * FROM job WHERE id = $1', [id]))[0]!;
const until = (id: string, state: string) =>
  vi.waitFor(async () => expect(await job(id)).toMatchObject({ state }), { timeout: 60_000, interval: 50 });
const logLines = (): Record<string, unknown>[] =>
  readFileSync(house.logFile, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test("a job's number and its request's go with it into the child's log lines", async () => {
  const id = await client.submitPlan({ log: 'said by the task' });
  await until(id, 'finished');
  const line = await vi.waitFor(
    () => logLines().find(({ msg }) => msg === 'said by the task') ?? Promise.reject(new Error('no line')),
  );
  expect(line).toMatchObject({
    program: 'compute',
    task: 'train-run',
    jobId: id,
    requestId: (await job(id)).request_id,
  });
});

test('a task over its memory ends its job with advice, not its worker', async () => {
  const { pid } = house.workers[0]!;
  const id = await client.submitPlan({ throw: { code: 'out-of-memory', values: {} } });
  await until(id, 'error');
  expect(await job(id)).toMatchObject({ attempt: 1, error: { code: 'out-of-memory' } });
  expect(house.workers[0]!.pid).toBe(pid);
});

test('a task that always kills its child is given up after its attempts', async () => {
  const id = await client.submitPlan({ crash: true });
  await until(id, 'killed');
  expect(await job(id)).toMatchObject({ attempt: 3, error: { code: 'attempts-spent' } });
});

test('SIGTERM gives a running job back without cost, and nobody is left behind', async () => {
  const worker = house.workers[0]!;
  const id = await client.submitPlan({ spinMs: 60_000 });
  await until(id, 'started');
  await sleep(1000);
  const children = worker.children();
  expect(children.length).toBeGreaterThan(0);
  await worker.kill('SIGTERM');
  expect(worker.child?.exitCode).toBe(0);
  expect(await job(id)).toMatchObject({ state: 'not_started', attempt: 1, max_attempts: 4 });
  // They end with the worker; the kernel may take a moment to say so.
  await vi.waitFor(() => expect(children.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]), 20_000);
  worker.start();
  await until(id, 'started');
  await client.cancel(id);
  expect((await job(id)).state).toBe('cancelled');
});

test('kill -9 of a worker takes its children along', async () => {
  const worker = house.workers[0]!;
  const id = await client.submitPlan({ deafMs: 60_000 });
  await until(id, 'started');
  const children = worker.children();
  await worker.kill('SIGKILL');
  await vi.waitFor(() => expect(children.filter((pid) => existsSync(`/proc/${pid}`))).toEqual([]), 20_000);
  await client.cancel(id);
  worker.start();
  await until(id, 'cancelled');
});
