import { spawn, type ChildProcess } from 'node:child_process';

import { Redis } from 'ioredis';

import { freePort, guard } from '#embedded';

/** A Redis for the tests; `stop` ends it when it is ours. */
export interface TestRedisServer {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

const NONE = `
************************************************************************
  There is no redis-server on the path and no REDIS_URL:
  TESTS ON REDIS ARE SKIPPED. Install redis-server to run them.
************************************************************************`;

/** The `redis-server` on the path, on a port of its own; without one the server REDIS_URL names; else undefined, said loudly. */
export async function startRedis(folder: string): Promise<TestRedisServer | undefined> {
  const port = await freePort();
  const options = [
    '--port',
    `${port}`,
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--appendonly',
    'no',
    '--databases',
    '256',
  ];
  const server = spawn('redis-server', [...options, '--maxmemory-policy', 'noeviction', '--dir', folder], {
    stdio: 'ignore',
  });
  if (server.pid !== undefined) server.once('exit', guard(server.pid));
  const ended = new Promise<void>((resolve) => {
    server.once('exit', () => resolve());
    server.once('error', () => resolve());
  });
  const url = `redis://127.0.0.1:${port}`;
  if (await answers(url, ended)) return { url, stop: () => end(server, ended) };
  const outside = process.env['REDIS_URL'];
  if (outside !== undefined && outside !== '')
    return { url: outside.replace(/\/\d*$/, ''), stop: () => Promise.resolve() };
  process.stderr.write(`${NONE}\n`);
  return undefined;
}

async function end(server: ChildProcess, ended: Promise<void>): Promise<void> {
  server.kill('SIGTERM');
  await ended;
}

async function answers(url: string, ended: Promise<void>): Promise<boolean> {
  const client = new Redis(url, { retryStrategy: () => 20, maxRetriesPerRequest: null });
  client.on('error', () => undefined);
  try {
    const ready = new Promise<boolean>((resolve) => client.once('ready', () => resolve(true)));
    return await Promise.race([ready, ended.then(() => false)]);
  } finally {
    client.disconnect();
  }
}
