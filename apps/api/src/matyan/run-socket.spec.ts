import { mkdtemp, rm } from 'node:fs/promises';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

import { createLogger, loadConfig } from '#config';
import { testDatabase } from '#testing';
import { issueAccessToken, openPorts, type Ports } from '#workflow';

import { createApi } from '../api.js';

const TOKEN = 'the-token-of-the-operator';
let ports: Ports;
let app: NestFastifyApplication;
let port: number;
const closing: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  const home = await mkdtemp(join(tmpdir(), 'millrace-matyan-'));
  const database = await testDatabase({ migrated: true });
  const config = loadConfig({
    MILLRACE_HOME: home,
    DATABASE_URL: database.url,
    MILLRACE_TOKEN: TOKEN,
    WEB_ROOT: join(home, 'web'),
  });
  const opened = await openPorts(config, createLogger('silent'), { poolSize: 4 });
  ports = opened.ports;
  app = await createApi(ports, { checkAnswers: true });
  await app.listen(0, '127.0.0.1');
  ({ port } = app.getHttpServer().address() as { port: number });
  closing.push(
    () => app.close(),
    opened.close,
    database.drop,
    () => rm(home, { recursive: true, force: true }),
  );
});
afterAll(async () => {
  for (const close of closing) await close();
});

interface Handshake {
  readonly prefix?: string;
  readonly headers?: Record<string, string>;
}
const connect = (run: string, { prefix = '', headers = {} }: Handshake = {}): WebSocket =>
  new WebSocket(`ws://127.0.0.1:${port}${prefix}/api/v1/ws/runs/${run}`, { headers });
async function statusOf(run: string, handshake: Handshake): Promise<number> {
  const client = connect(run, handshake);
  const [, answer] = (await once(client, 'unexpected-response')) as [unknown, { statusCode: number }];
  client.on('error', () => undefined).terminate();
  return answer.statusCode;
}
async function reply(client: WebSocket, ...messages: object[]): Promise<{ status: string; error: string | null }> {
  if (client.readyState === WebSocket.CONNECTING) await once(client, 'open');
  client.send(JSON.stringify(messages));
  const [data] = (await once(client, 'message')) as [Buffer];
  return JSON.parse(data.toString('utf8')) as { status: string; error: string | null };
}
const created = { type: 'create_run', client_datetime: '2026-01-31T10:00:00Z' };
const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
const basic = (text: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(text).toString('base64')}`,
});
const newToken = async (project: string): Promise<{ token: string; projectId: number }> => {
  const { id } = await ports.tracked.projects.open('ada', project);
  const { token } = await issueAccessToken(ports, { name: project, owner: 'ada', projectId: id, days: 1 });
  return { token, projectId: id };
};

describe('where a token is required', () => {
  it('a socket needs one, however it is carried, and writes to the token’s project', async () => {
    const { token, projectId } = await newToken('one');
    const ways: Handshake[] = [
      { headers: bearer(token) },
      { headers: basic(`${token}:`) },
      { headers: basic(`ada:${token}`) },
      { prefix: `/t/${token}` },
    ];
    for (const [index, way] of ways.entries()) {
      const client = connect(`carried-${index}`, way);
      expect(await reply(client, created)).toEqual({ status: 'ok', error: null });
      expect((await ports.tracked.runs.find(projectId, `carried-${index}`))?.owner).toBe('ada');
      client.terminate();
    }
    const operator = connect('of-the-operator', { headers: bearer(TOKEN) });
    expect(await reply(operator, created)).toMatchObject({ status: 'ok' });
    const { id } = await ports.tracked.projects.open('local', 'default');
    expect(await ports.tracked.runs.find(id, 'of-the-operator')).toBeDefined();
    operator.terminate();
  });

  it('a socket is refused without one, with a wrong one, from foreign pages', async () => {
    const { token } = await newToken('two');
    const cases: [Handshake, number][] = [
      [{}, 401],
      [{ headers: bearer('wrong') }, 401],
      [{ headers: basic('x:wrong') }, 401],
      [{ prefix: '/t/wrong' }, 401],
      [{ headers: bearer(`${token}x`) }, 401],
      [{ headers: { ...basic(`${token}:`), origin: 'http://evil.com' } }, 403],
    ];
    for (const [handshake, status] of cases) {
      expect([handshake, await statusOf('refused', handshake)]).toEqual([handshake, status]);
    }
  });

  it('a token sees its own project only, by REST and by upload URL', async () => {
    const [one, other] = [await newToken('three'), await newToken('four')];
    const client = connect('mine', { headers: bearer(one.token) });
    await reply(client, created, { type: 'add_tag', tag_name: 'three' });
    const get = async (path: string, token: string): Promise<number> =>
      (await fetch(`http://127.0.0.1:${port}/t/${token}/api/v1/rest${path}`)).status;
    expect(await get('/runs/mine/info/', one.token)).toBe(200);
    expect(await get('/runs/mine/info/', other.token)).toBe(404);
    const tags = await fetch(`http://127.0.0.1:${port}/api/v1/rest/tags/`, { headers: bearer(other.token) });
    expect(await tags.json()).toEqual([]);
    const presigned = await fetch(`http://127.0.0.1:${port}/t/${one.token}/api/v1/rest/artifacts/presign`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ run_id: 'mine', artifact_path: 'a.txt' }),
    });
    const { upload_url: url } = (await presigned.json()) as { upload_url: string };
    const put = (address: string) =>
      fetch(address, { method: 'PUT', headers: { 'content-type': 'application/octet-stream' }, body: 'bytes' });
    expect((await put(url)).status).toBe(200);
    expect((await put(url.replace(`token=${one.projectId}.`, `token=${other.projectId}.`))).status).toBe(403);
    const read = await fetch(`http://127.0.0.1:${port}/api/v1/rest/runs/mine/artifacts/download/?path=a.txt`, {
      headers: bearer(one.token),
    });
    expect(await read.text()).toBe('bytes');
    client.terminate();
  });
});

describe('a client that logs nothing', () => {
  it('lives while its socket does, unless its run ended', async () => {
    const [living, ended] = [
      connect('quiet', { headers: bearer(TOKEN) }),
      connect('ended', { headers: bearer(TOKEN) }),
    ];
    for (const client of [living, ended]) await reply(client, created);
    const { id } = await ports.tracked.projects.open('local', 'default');
    const run = async (hash: string) => (await ports.tracked.runs.find(id, hash))!;
    await ports.tracked.runs.setStatus((await run('quiet')).id, 'lost');
    await ports.tracked.runs.setStatus((await run('ended')).id, 'completed');
    const { lastSeen } = await run('ended');
    ended.ping();
    await once(ended, 'pong');
    living.ping();
    await expect.poll(async () => (await run('quiet')).status, { timeout: 20_000 }).toBe('running');
    expect(await run('ended')).toMatchObject({ status: 'completed', lastSeen });
    for (const client of [living, ended]) client.terminate();
  });
});

describe('a client that sends more than is stored', () => {
  it('is not read from while its frames wait, and loses none', async () => {
    const client = connect('flood', { headers: bearer(TOKEN) });
    await reply(client, created);
    const line = 'x'.repeat(50_000);
    const frames = Array.from({ length: 100 }, (_none, step) =>
      JSON.stringify({ type: 'log_terminal_line', line, step }),
    );
    let replies = 0;
    client.on('message', (data: Buffer) => {
      expect(JSON.parse(data.toString('utf8'))).toEqual({ status: 'ok', error: null });
      replies++;
    });
    for (const frame of frames) client.send(frame);
    const deadline = Date.now() + 60_000;
    while (replies < frames.length && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(replies).toBe(frames.length);
    const { id } = await ports.tracked.projects.open('local', 'default');
    const run = (await ports.tracked.runs.find(id, 'flood'))!;
    expect((await ports.tracked.logs.count([run.id], 0)).get(run.id)).toBe(frames.length);
    client.terminate();
  });

  it('is told to come back when the server stops', async () => {
    const client = connect('last', { headers: bearer(TOKEN) });
    await reply(client, created);
    const closed = once(client, 'close');
    await app.close();
    expect((await closed)[0]).toBe(1001);
  });
});
