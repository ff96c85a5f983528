import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, expect, test } from 'vitest';

import { loadConfig } from '#config';
import { freePort } from '#embedded';

import { runStandalone } from './standalone.js';

/** Stand-ins for the programs: each notes what it sees and does in one file. */
const note = `import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';
const pg = createRequire(${JSON.stringify(import.meta.url)})('pg');
const note = (text) => appendFileSync(join(process.env.MILLRACE_HOME, 'notes'), text + '\\n');
const database = async () => {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  await client.end();
};
process.on('disconnect', () => process.exit(9));
`;
const migrateMain = `${note} await database(); note('migrated'); process.exit(0);`;
const apiMain = `${note}
import { createServer } from 'node:http';
const server = createServer((request, response) => database().then(
  () => response.writeHead(request.url === '/health/ready' ? 200 : 404).end(),
  () => response.writeHead(503).end(),
));
server.listen(Number(process.env.MILLRACE_PORT), '127.0.0.1', () => note('api ' + process.pid));
process.on('SIGTERM', () => { note('api stops'); process.exit(0); });`;
const workerMain = `${note}
note('worker ' + process.pid);
console.error(JSON.stringify({ level: 30, msg: 'quiet' }));
console.error(JSON.stringify({ level: 40, msg: 'loud' }));
setInterval(() => undefined, 1000);
process.on('SIGTERM', () => database().then(() => { note('worker stops, the database answers'); process.exit(0); }));`;

const soon = <T>(read: () => T): ReturnType<typeof expect.poll<T>> => expect.poll(read, { timeout: 60_000 });
const patience = { firstMs: 20, mostMs: 100, soundMs: 30_000, lockMs: 300 };
let home = '';
let said: string[] = [];
let ends: (() => Promise<void>)[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'millrace-standalone-'));
  said = [];
  ends = [];
});
afterEach(async () => {
  for (const end of ends) await end();
  rmSync(home, { recursive: true, force: true });
});

interface Mains {
  readonly api?: string;
  readonly worker?: string;
  readonly migrate?: string;
}

/** Starts a standalone with stand-ins; `ready` is its address, or why it did not start. */
function run(
  port: number,
  mains: Mains = {},
  patient = patience,
): { ready: Promise<string>; ended: Promise<unknown>; stop: () => void; force: () => void } {
  const folder = join(home, 'programs');
  mkdirSync(folder, { recursive: true });
  const place = (name: string, text: string): string => {
    writeFileSync(join(folder, `${name}.mjs`), text);
    return join(folder, `${name}.mjs`);
  };
  const paths = {
    migrate: place('migrate', mains.migrate ?? migrateMain),
    api: place('api', mains.api ?? apiMain),
    worker: place('worker', mains.worker ?? workerMain),
  };
  const stop = new AbortController();
  const force = new AbortController();
  const config = loadConfig({ MILLRACE_HOME: home, MILLRACE_PORT: `${port}` });
  const say = (line: string): void => void said.push(line);
  let ended: Promise<unknown> = Promise.resolve();
  const ready = new Promise<string>((onReady, reject) => {
    const running = runStandalone({
      config,
      paths,
      say,
      onReady,
      stop: stop.signal,
      force: force.signal,
      patience: patient,
    });
    ended = running.catch((error: unknown) => {
      reject(error instanceof Error ? error : new Error(String(error)));
      return error;
    });
  });
  ready.catch(() => undefined);
  ends.push(async () => {
    stop.abort();
    await ended;
  });
  return { ready, ended, stop: () => stop.abort(), force: () => force.abort() };
}

const notes = (): string[] =>
  existsSync(join(home, 'notes')) ? readFileSync(join(home, 'notes'), 'utf8').trim().split('\n') : [];
const pidsOf = (name: string): number[] =>
  notes().flatMap((line) => (line.startsWith(`${name} `) && /\d+$/.test(line) ? [Number(line.split(' ')[1])] : []));
/** Of the first program of that name, once it has written it down: a number that is missing must not become 0, our own process group. */
const pidOf = async (name: string): Promise<number> => {
  await soon(() => pidsOf(name).length).toBeGreaterThan(0);
  return pidsOf(name)[0]!;
};
const healthy = (port: number): Promise<number> =>
  fetch(`http://127.0.0.1:${port}/health/ready`).then(
    (answer) => answer.status,
    () => 0,
  );

test('migrates before the programs start, says where it is, and stops api, worker, database in this order', async () => {
  const port = await freePort();
  const millrace = run(port);
  expect(await millrace.ready).toBe(`http://localhost:${port}`);
  await soon(() => pidsOf('worker').length).toBe(1);
  millrace.stop();
  expect(await millrace.ended).toBeUndefined();
  expect(notes()[0]).toBe('migrated');
  expect(notes().slice(-2)).toEqual(['api stops', 'worker stops, the database answers']);
  expect(await healthy(port)).toBe(0);
  expect(said).toEqual(['[worker] {"level":40,"msg":"loud"}']);
  expect(readFileSync(join(home, 'logs', 'worker.log'), 'utf8')).toContain('"quiet"');
});

test('a killed worker, api and database come back', async () => {
  const port = await freePort();
  await run(port).ready;
  process.kill(await pidOf('worker'), 'SIGKILL');
  await soon(() => pidsOf('worker').length).toBe(2);
  process.kill(await pidOf('api'), 'SIGKILL');
  await soon(() => pidsOf('api').length).toBe(2);
  const postmaster = Number(readFileSync(join(home, 'postgres', 'data', 'postmaster.pid'), 'utf8').split('\n')[0]);
  process.kill(postmaster, 'SIGKILL');
  await soon(() => healthy(port)).toBe(200);
  expect(said.filter((line) => line.includes('SIGKILL'))).toHaveLength(2);
});

test('a taken port is named together with the variable to set, before anything is started', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  await expect(run(port).ready).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is taken by another program. Stop it, or set MILLRACE_PORT`,
  );
  expect(existsSync(join(home, 'postgres'))).toBe(false);
  server.close();
});

test('a second one on the same home is refused', async () => {
  await run(await freePort()).ready;
  await expect(run(await freePort()).ready).rejects.toThrow(/in use by another Millrace/);
});

test('a start waits for an earlier one on its home that is stopping', async () => {
  const earlier = run(await freePort());
  await earlier.ready;
  const port = await freePort();
  const later = run(port, {}, { ...patience, lockMs: 15_000 });
  earlier.stop();
  expect(await later.ready).toBe(`http://localhost:${port}`);
});

test('an api that cannot start ends the start with its last words', async () => {
  const broken = run(await freePort(), { api: `console.error('no such luck'); process.exit(3);` });
  await expect(broken.ready).rejects.toThrow(/The api ends as soon as it starts \(exit code 3\)[\s\S]*no such luck/);
});

test('a failed migration starts nothing', async () => {
  const broken = run(await freePort(), { migrate: `console.error('bad schema'); process.exit(1);` });
  await expect(broken.ready).rejects.toThrow(/brought up to date \(exit code 1\)[\s\S]*bad schema/);
  expect(notes()).toEqual([]);
});

test('stopped while it starts, it ends without an error', async () => {
  const early = run(await freePort(), { api: 'setInterval(() => undefined, 1000);' });
  await soon(() => pidsOf('worker').length).toBe(1);
  early.stop();
  expect(await early.ended).toBeUndefined();
});

test('forced, it does not wait for a worker that will not end', async () => {
  const stubborn = `${note} process.on('SIGTERM', () => note('worker stays')); note('worker ' + process.pid); setInterval(() => undefined, 1000);`;
  const millrace = run(await freePort(), { worker: stubborn });
  await millrace.ready;
  await soon(() => pidsOf('worker').length).toBe(1);
  millrace.stop();
  await soon(notes).toContain('worker stays');
  millrace.force();
  expect(await millrace.ended).toBeUndefined();
});
