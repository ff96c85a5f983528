import { mkdtemp, rm } from 'node:fs/promises';
import { type ClientRequest, get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Pool } from 'pg';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';

import { createLogger, loadConfig } from '#config';
import { testDatabase } from '#testing';
import { openPorts, type Ports } from '#workflow';

import { createApi } from '../api.js';

const RUNS = 250;
const SERIES = 20;
let ports: Ports;
let app: NestFastifyApplication;
let url: string;
const closing: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  const home = await mkdtemp(join(tmpdir(), 'millrace-hang-up-'));
  const database = await testDatabase({ migrated: true });
  const config = loadConfig({ MILLRACE_HOME: home, DATABASE_URL: database.url, WEB_ROOT: join(home, 'web') });
  const opened = await openPorts(config, createLogger('silent'), { poolSize: 4 });
  ports = opened.ports;
  app = await createApi(ports, { checkAnswers: true });
  await app.listen(0, '127.0.0.1');
  url = `http://127.0.0.1:${(app.getHttpServer().address() as { port: number }).port}/api/v1/rest/runs/search`;
  closing.push(
    () => app.close(),
    opened.close,
    database.drop,
    () => rm(home, { recursive: true, force: true }),
  );
  const { id: projectId } = await ports.tracked.projects.open('local', 'default');
  for (let n = 0; n < RUNS; n += 1) {
    const { run } = await ports.tracked.runs.open({ projectId, source: 'matyan', name: `r${n}`, extId: `r${n}` });
    const points = Array.from({ length: SERIES * 50 }, (_none, at) => ({
      runId: run.id,
      name: `loss ${at % SERIES}`,
      context: {},
      x: Math.floor(at / SERIES),
      value: at,
    }));
    await ports.tracked.series.append(points);
  }
});
afterAll(async () => {
  for (const close of closing) await close();
});
afterEach(() => vi.restoreAllMocks());

/** A browser that asks; the answer has begun once it resolves. */
async function ask(path: string): Promise<{ request: ClientRequest; answer: IncomingMessage }> {
  const request = get(`${url}${path}`, { agent: false });
  const [answer] = (await once(request, 'response')) as [IncomingMessage];
  return { request, answer };
}
const connections = (): Promise<number> =>
  new Promise((resolve) => app.getHttpServer().getConnections((_error: unknown, count: number) => resolve(count)));
/** Nothing is borrowed and nobody queues for the database. */
function databaseIsQuiet(): boolean {
  const { totalCount, idleCount, waitingCount } = (ports.db.driver as unknown as { master: Pool }).master;
  return totalCount === idleCount && waitingCount === 0;
}
async function everythingStands(count: () => number): Promise<void> {
  await vi.waitFor(async () => expect([await connections(), databaseIsQuiet()]).toEqual([0, true]), {
    timeout: 60_000,
  });
  const before = count();
  await sleep(300);
  expect(count()).toBe(before);
}

it('a browser that closes while series stream ends the search: no further series is read, nothing stays open', async () => {
  const sample = vi.spyOn(ports.tracked.series, 'sample');
  const { request, answer } = await ask('/metric/?q=&p=50&report_progress=false');
  // Nobody reads: the stream waits for room. Then a little is read, and the line breaks in the middle.
  await sleep(300);
  await once(answer, 'readable');
  answer.read(1000);
  request.destroy();
  await everythingStands(() => sample.mock.calls.length);
  expect(sample.mock.calls.length).toBeGreaterThan(0);
  expect(sample.mock.calls.length).toBeLessThan(RUNS);
});

it('many browsers that close leave nothing behind, and the next is answered in full', async () => {
  const sample = vi.spyOn(ports.tracked.series, 'sample');
  for (let n = 0; n < 20; n += 1) {
    const { request, answer } = await ask('/metric/?q=&p=50');
    answer.resume();
    await sleep(n);
    request.destroy();
  }
  await everythingStands(() => sample.mock.calls.length);
  const { answer } = await ask('/run/?q=run.hash%20%3D%3D%20%22r7%22');
  const chunks: Buffer[] = [];
  for await (const chunk of answer) chunks.push(chunk as Buffer);
  expect(Buffer.concat(chunks).includes('r7')).toBe(true);
});

it('a browser that closes before anything was found ends the search with its first page', async () => {
  const pages = vi.spyOn(ports.tracked.runs, 'list');
  // Some milliseconds for each of the runs, none of which it finds; nothing is said meanwhile.
  const query = encodeURIComponent('len([x for x in range(30000)]) == 1 and run.name == run.hash + "x"');
  const request = get(`${url}/run/?q=${query}&report_progress=false`, { agent: false });
  request.on('error', () => undefined);
  await vi.waitFor(() => expect(pages).toHaveBeenCalled(), { timeout: 60_000 });
  request.destroy();
  await everythingStands(() => pages.mock.calls.length);
  expect(pages).toHaveBeenCalledTimes(1);
});
