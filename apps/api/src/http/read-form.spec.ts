import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Controller, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { createLogger, loadConfig } from '#config';
import { AppError, type InputOf, route } from '#contract';
import { DiskStorage } from '#storage';

import { createHttpApp } from './http-app.js';
import { Implements } from './implements.decorator.js';

const common = { tag: 'test', summary: 'For this test', status: 200 } as const;
const testRoutes = {
  either: route({
    ...common,
    method: 'POST',
    path: '/either',
    body: z.object({ a: z.int() }).optional(),
    form: z.object({ a: z.string() }).optional(),
    files: ['file'],
    answer: z.object({ came: z.string() }),
  }),
  upload: route({
    ...common,
    method: 'POST',
    path: '/upload',
    form: z.object({ kind: z.string().max(20), fail: z.string().optional() }),
    files: ['file', 'other'],
    answer: z.object({ kind: z.string(), names: z.array(z.string()), sizes: z.array(z.int()) }),
    errors: ['cancelled'],
  }),
};

@Controller()
class TestController {
  @Implements(testRoutes.either)
  either({ body, form }: InputOf<typeof testRoutes.either>) {
    return { came: body ? `json ${body.a}` : `form ${form?.a ?? ''}` };
  }

  @Implements(testRoutes.upload)
  upload({ form, files }: InputOf<typeof testRoutes.upload>) {
    if (form.fail !== undefined) throw new AppError('cancelled');
    return {
      kind: form.kind,
      names: files.map(({ filename }) => filename),
      sizes: files.map(({ sizeBytes }) => sizeBytes),
    };
  }
}

@Module({ controllers: [TestController] })
class TestModule {}

let app: NestFastifyApplication;
let url: string;
let port: number;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millrace-http-'));
  const storage = new DiskStorage(folder);
  app = await createHttpApp(TestModule, {
    config: loadConfig({ MILLRACE_UPLOAD_BYTES: '200000', MILLRACE_BODY_BYTES: '100000' }),
    log: createLogger('silent'),
    checkAnswers: true,
    limits: { parts: 20 },
    storeFile: {
      fieldBytes: 100_000,
      store: async ({ field, filename, mediaType, content }) => {
        const id = crypto.randomUUID();
        return {
          id,
          key: `uploads/${id}`,
          field,
          filename,
          mediaType,
          ...(await storage.write(`uploads/${id}`, content, 200_000)),
        };
      },
      discard: ({ key }) => storage.remove(key),
    },
  });
  await app.listen(0, '127.0.0.1');
  port = (app.getHttpServer().address() as { port: number }).port;
  url = `${await app.getUrl()}/api/v1`;
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

/** Everything below the storage folder that is a file. */
const stored = async (): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((one) => one.isFile())
    .map(({ name }) => name);
const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await sleep(10);
};
const json = async (answer: Response): Promise<unknown> => answer.json();

describe('forms', () => {
  beforeEach(async () => rm(join(folder, 'uploads'), { recursive: true, force: true }));
  const send = async (parts: readonly [string, string | Blob, string?][], headers: Record<string, string> = {}) => {
    const body = new FormData();
    for (const [name, value, filename] of parts) {
      if (typeof value === 'string') body.append(name, value);
      else body.append(name, value, filename);
    }
    return fetch(`${url}/upload`, { method: 'POST', body, headers });
  };
  const blob = (size: number): Blob => new Blob(['x'.repeat(size)]);

  it('refuse a text that cannot be stored, and keep no file', async () => {
    const answer = await send([
      ['file', blob(10), 'a.csv'],
      ['kind', 'a\0b'],
    ]);
    expect(answer.status).toBe(422);
    expect(await json(answer)).toMatchObject({ code: 'text-unstorable', values: { character: 'U+0000' } });
    expect(await stored()).toEqual([]);
  });

  it.each([
    [
      'before',
      [
        ['file', blob(150_000), 'a.csv'],
        ['kind', 'k'],
      ],
    ],
    [
      'after',
      [
        ['kind', 'k'],
        ['file', blob(150_000), 'a.csv'],
      ],
    ],
  ] as [string, [string, string | Blob, string?][]][])(
    'take a file that comes %s the fields',
    async (_where, parts) => {
      const answer = await send(parts);
      expect(await json(answer)).toEqual({ kind: 'k', names: ['a.csv'], sizes: [150_000] });
      expect(await stored()).toHaveLength(1);
    },
  );

  it('take several files, urlencoded fields, and the name from the header', async () => {
    const many = await send(
      [
        ['kind', 'k'],
        ['other', blob(1), '..\\..\\x/../e\u202evil.csv'],
        ['file', blob(2), ''],
      ],
      { filename: 'my%20d%C3%A4ta.csv' },
    );
    expect(await json(many)).toEqual({ kind: 'k', names: ['evil.csv', 'my däta.csv'], sizes: [1, 2] });
    const plain = await fetch(`${url}/upload`, { method: 'POST', body: new URLSearchParams({ kind: 'k' }) });
    expect(await json(plain)).toEqual({ kind: 'k', names: [], sizes: [] });
  });

  it.each([
    ['a missing field', 422, [['file', blob(5), 'a']]],
    [
      'a failing use case',
      409,
      [
        ['file', blob(5), 'a'],
        ['kind', 'k'],
        ['fail', '1'],
      ],
    ],
    [
      'a file too large',
      413,
      [
        ['kind', 'k'],
        ['file', blob(5), 'a'],
        ['other', blob(200_001), 'b'],
      ],
    ],
    [
      'a second file of one name',
      400,
      [
        ['kind', 'k'],
        ['file', blob(5), 'a'],
        ['file', blob(5), 'b'],
      ],
    ],
    [
      'an unknown file',
      400,
      [
        ['kind', 'k'],
        ['file', blob(5), 'a'],
        ['unknown', blob(5), 'b'],
      ],
    ],
    [
      'a field too large',
      413,
      [
        ['file', blob(5), 'a'],
        ['kind', 'x'.repeat(100_001)],
      ],
    ],
    ['too many parts', 413, Array.from({ length: 30 }, (_, n) => [`k${n}`, 'x'])],
    [
      'a forbidden name',
      400,
      [
        ['file', blob(5), 'a'],
        ['__proto__', 'x'],
      ],
    ],
  ] as [string, number, [string, string | Blob, string?][]][])(
    'leave no file behind after %s',
    async (_why, status, parts) => {
      const answer = await send(parts);
      expect(answer.status).toBe(status);
      expect(await json(answer)).toHaveProperty('detail');
      expect(await stored()).toEqual([]);
    },
  );

  it('leave no file behind when the client goes', async () => {
    const socket = connect(port, '127.0.0.1');
    const start = '--b\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n';
    socket.write(
      `POST /api/v1/upload HTTP/1.1\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 90000\r\n\r\n${start}`,
    );
    socket.write('x'.repeat(50_000));
    await until(async () => (await stored()).length === 1);
    socket.destroy();
    await until(async () => (await stored()).length === 0);
    expect((await fetch(`${url}/upload`, { method: 'POST', body: new URLSearchParams({ kind: 'k' }) })).status).toBe(
      200,
    );
  });

  it('or JSON, where a route takes both', async () => {
    const send = (body: BodyInit, headers: Record<string, string> = {}): Promise<Response> =>
      fetch(`${url}/either`, { method: 'POST', body, headers });
    expect(await json(await send('{"a":1}', { 'content-type': 'application/json' }))).toEqual({ came: 'json 1' });
    expect(await json(await send(new URLSearchParams({ a: 'x' })))).toEqual({ came: 'form x' });
    const form = new FormData();
    form.append('a', 'y');
    expect(await json(await send(form))).toEqual({ came: 'form y' });
  });

  it('are refused as JSON', async () => {
    const headers = { 'content-type': 'application/json' };
    for (const body of ['{"kind":"k"}', '"kind=k"', '']) {
      const response = await fetch(`${url}/upload`, { method: 'POST', headers, body });
      expect([response.status, await response.json()]).toEqual([422, expect.objectContaining({ code: 'form-due' })]);
    }
  });
});
