import type { InjectOptions, LightMyRequestResponse } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { createLogger, loadConfig } from '#config';

import { createApi } from './api.js';
import type { Ports } from './ports.js';

/** Health and sign-in need no database. */
const ports = { config: loadConfig({}), log: createLogger('silent') } as unknown as Ports;

describe('the API', () => {
  let app: NestFastifyApplication;
  beforeAll(async () => {
    app = await createApi(ports, { checkAnswers: true });
  });
  afterAll(() => app.close());

  const ask = (options: InjectOptions): Promise<LightMyRequestResponse> =>
    app.inject({ ...options, headers: { host: 'localhost', ...options.headers } });

  it.each(['/health/live', '/health/live/', '/api/v1/health', '/api/v1/health/live', '/api/v1/health/live/'])(
    'answers %s with and without a slash, without a redirect',
    async (url) => {
      const { statusCode, headers, body } = await ask({ url });
      expect(statusCode).toBe(200);
      expect(JSON.parse(body)).toEqual({ status: 'ok', version: '0.1.0' });
      expect(headers['x-content-type-options']).toBe('nosniff');
    },
  );

  it('tells how busy the machine is, with and without a slash', async () => {
    for (const url of ['/api/v1/hardware', '/api/v1/hardware/']) {
      const { statusCode, body } = await ask({ url });
      expect(statusCode).toBe(200);
      expect(Object.keys(JSON.parse(body) as object)).toEqual(['cpu', 'ram', 'gpus']);
    }
    expect((await ask({ url: '/api/v1/hardware/', headers: { host: 'evil.com' } })).statusCode).toBe(421);
    expect((await ask({ method: 'POST', url: '/api/v1/hardware/' })).statusCode).toBe(404);
  });

  it('answers unknown addresses in our shape and the reader’s language', async () => {
    const { statusCode, body } = await ask({
      url: '/api/v1/nothing',
      headers: { 'accept-language': 'de-AT,en;q=0.5' },
    });
    expect(statusCode).toBe(404);
    const answer = JSON.parse(body) as { detail: string; code: string };
    expect(answer.code).toBe('route-unknown');
    expect(answer.detail).toContain('Alle Routen stehen unter /docs');
  });

  it('keeps a sane request id and replaces a strange one', async () => {
    const url = '/health/live';
    expect((await ask({ url, headers: { 'x-request-id': 'abc-1' } })).headers['x-request-id']).toBe('abc-1');
    expect((await ask({ url, headers: { 'x-request-id': 'a b\u00e9' } })).headers['x-request-id']).toMatch(
      /^[\da-f-]{36}$/,
    );
  });

  const send = (payload: string, type = 'application/json'): Promise<LightMyRequestResponse> =>
    ask({ method: 'POST', url: '/api/v1/sign-in', headers: { 'content-type': type }, payload });

  it('names every wrong field as FastAPI does, in the reader’s language', async () => {
    const { statusCode, body } = await send('{"token":1}');
    expect(statusCode).toBe(422);
    expect(JSON.parse(body)).toMatchObject({
      code: 'input-invalid',
      detail: [{ type: 'string_type', loc: ['body', 'token'], input: 1 }],
    });
  });

  it.each([
    ['{"token":', 422],
    ['{"__proto__":{"token":"x"}}', 422],
    ['['.repeat(101) + ']'.repeat(101), 422],
    ['', 422],
    ['{"token":"x"}', 204],
  ])('reads the body %s as %i', async (payload, status) => {
    expect((await send(payload)).statusCode).toBe(status);
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'application/xml'])(
    'refuses %s where JSON is due',
    async (type) => {
      expect((await send('{"token":"x"}', type)).statusCode).toBe(415);
    },
  );

  it('refuses a body beyond the limit', async () => {
    expect((await send(JSON.stringify({ token: 'x'.repeat(ports.config.bodyBytes) }))).statusCode).toBe(413);
  });
});
