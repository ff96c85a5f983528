import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';

import { createLogger, loadConfig } from '#config';
import { type EmbeddedPostgres, startPostgres } from '#embedded';
import { migrate } from '#persistence';
import { openPorts } from '#workflow';

import { createApi } from '../api.js';
import { errorAnswer } from './error-body.js';

const log = createLogger('silent');

describe('while the database is away', () => {
  let home: string;
  let postgres: EmbeddedPostgres;
  let app: NestFastifyApplication;
  const closing: (() => Promise<void>)[] = [];

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'millrace-outage-'));
    postgres = await startPostgres({ home, log });
    await migrate(postgres.url);
    const { ports, close } = await openPorts(loadConfig({ DATABASE_URL: postgres.url, MILLRACE_HOME: home }), log);
    app = await createApi(ports);
    closing.push(() => app.close(), close);
  });
  afterAll(async () => {
    for (const close of closing) await close();
    await postgres.stop();
    await rm(home, { recursive: true, force: true });
  });

  const get = (path: string, language = 'en'): Promise<LightMyRequestResponse> =>
    app.inject({ url: `/api/v1${path}`, headers: { host: 'localhost', 'accept-language': language } });
  const submit = (): Promise<LightMyRequestResponse> =>
    app.inject({
      method: 'POST',
      url: '/api/v1/job/',
      headers: { host: 'localhost', 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ job_type: 'ModelJob', kwargs: '{"run_id":1}' }).toString(),
    });
  const away = {
    code: 'unavailable',
    values: { service: 'database' },
    detail: expect.stringContaining('Try again in a moment.') as string,
  };

  it('reads and writes are refused for a while, and served again by themselves', async () => {
    expect((await get('/dataset/')).statusCode).toBe(200);
    const { port } = postgres;
    await postgres.stop();
    for (const answer of [await get('/dataset/'), await get('/job/'), await get('/run/1'), await submit()]) {
      expect({ status: answer.statusCode, body: answer.json<unknown>() }).toEqual({ status: 503, body: away });
      expect(answer.headers['retry-after']).toBe('2');
    }
    expect((await get('/dataset/', 'de')).json<{ detail: string }>().detail).toContain(
      'nicht erreichbar ist (database)',
    );
    postgres = await startPostgres({ home, log, port });
    await vi.waitFor(async () => expect((await get('/dataset/')).statusCode).toBe(200), 60_000);
    expect((await submit()).statusCode).toBe(404);
  });
});

describe('an outage is told from a fault of ours', () => {
  const coded = (code: string, message = 'x'): Error => Object.assign(new Error(message), { code });
  it.each([
    [new Error("Stream isn't writeable and enableOfflineQueue options is false"), 503, { service: 'queue' }],
    [new Error('Connection is closed.'), 503, { service: 'queue' }],
    [coded('57P01'), 503, { service: 'database' }],
    [coded('ECONNREFUSED'), 503, { service: 'database' }],
    [coded('ENOSPC'), 507, {}],
    [coded('23505'), 500, {}],
    [new TypeError('x is undefined'), 500, {}],
  ])('%s', (error, status, values) => {
    const answer = errorAnswer(error, 'en');
    expect({ status: answer.status, values: answer.body.values }).toEqual({ status, values });
  });
});
