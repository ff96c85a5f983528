import { once } from 'node:events';
import { connect } from 'node:net';

import { Controller, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { createLogger, loadConfig } from '#config';
import { AppError, type FileAnswer, type InputOf, Nothing, route } from '#contract';

import { createHttpApp } from './http-app.js';
import { Implements } from './implements.decorator.js';

const common = { tag: 'test', summary: 'For this test', status: 200 } as const;
const words = z.preprocess((value) => (typeof value === 'string' ? [value] : value), z.array(z.string()).optional());
const testRoutes = {
  echo: route({
    ...common,
    method: 'POST',
    path: '/echo/:name',
    params: z.object({ name: z.string() }),
    query: z.object({ words }),
    body: z.object({ n: z.int() }),
    answer: z.object({ name: z.string(), n: z.int(), words: z.array(z.string()).optional() }),
  }),
  leak: route({ ...common, method: 'GET', path: '/leak', answer: z.object({ id: z.int() }) }),
  text: route({ ...common, method: 'GET', path: '/text', answer: z.object({ title: z.string() }), localised: true }),
  crash: route({ ...common, method: 'GET', path: '/crash', answer: Nothing }),
  same: route({ ...common, method: 'PATCH', path: '/same', answer: Nothing, errors: ['not-modified'] }),
  gone: route({
    ...common,
    method: 'DELETE',
    path: '/gone',
    body: z.object({ ids: z.array(z.int()) }),
    status: 204,
    answer: Nothing,
  }),
  file: route({ ...common, method: 'GET', path: '/file', answer: z.unknown(), stream: 'file' }),
};

@Controller()
class TestController {
  @Implements(testRoutes.echo)
  echo({ params, query, body }: InputOf<typeof testRoutes.echo>) {
    return { name: params.name, n: body.n, ...(query.words ? { words: query.words } : {}) };
  }

  @Implements(testRoutes.leak)
  leak() {
    return Object.assign({ id: 1 }, { secret: 'x' });
  }

  @Implements(testRoutes.text)
  text() {
    return { title: { en: 'Tree', es: 'Árbol', pt: 'Árvore', de: 'Baum', zh: '树' } as unknown as string };
  }

  @Implements(testRoutes.crash)
  crash(): null {
    throw new Error('secret detail of the inside');
  }

  @Implements(testRoutes.same)
  same(): null {
    throw new AppError('not-modified');
  }

  @Implements(testRoutes.gone)
  gone() {
    return null;
  }

  @Implements(testRoutes.file)
  file(): FileAnswer {
    return { content: '<script>alert(1)</script>', filename: 'ü"\r\n.html', mediaType: 'text/html' };
  }
}

@Module({ controllers: [TestController] })
class TestModule {}

const noFiles = {
  fieldBytes: 1000,
  store: () => Promise.reject(new Error('no route here takes files')),
  discard: () => Promise.resolve(),
};
let app: NestFastifyApplication;
let url: string;
let port: number;
beforeAll(async () => {
  app = await createHttpApp(TestModule, {
    config: loadConfig({}),
    log: createLogger('silent'),
    checkAnswers: true,
    limits: { headersMs: 300, bodyMs: 1500 },
    storeFile: noFiles,
  });
  await app.listen(0, '127.0.0.1');
  port = (app.getHttpServer().address() as { port: number }).port;
  url = `${await app.getUrl()}/api/v1`;
});
afterAll(async () => {
  await app.close();
});

const json = async (answer: Response): Promise<unknown> => answer.json();

describe('JSON', () => {
  it('binds path, query and body, with repeated keys as a list', async () => {
    const headers = { 'content-type': 'application/json; charset=utf-8' };
    const ask = (path: string): Promise<Response> =>
      fetch(url + path, { method: 'POST', headers, body: '{"n":2,"x":1}' });
    expect(await json(await ask('/echo/a%2Fb'))).toEqual({ name: 'a/b', n: 2 });
    expect(await json(await ask('/echo/a/?words=x&words=y'))).toEqual({ name: 'a', n: 2, words: ['x', 'y'] });
    expect(await json(await ask('/echo/a?words=x'))).toEqual({ name: 'a', n: 2, words: ['x'] });
  });

  it('answers nothing as nothing', async () => {
    const gone = await fetch(`${url}/gone`, {
      method: 'DELETE',
      headers: { 'content-type': 'application/json' },
      body: '{"ids":[1]}',
    });
    expect([gone.status, await gone.text()]).toEqual([204, '']);
    const same = await fetch(`${url}/same/`, { method: 'PATCH' });
    expect([same.status, await same.text()]).toEqual([304, '']);
  });

  it('finds answers that tell more than the contract', async () => {
    expect((await fetch(`${url}/leak`)).status).toBe(500);
  });

  it('speaks the reader’s language', async () => {
    expect(await json(await fetch(`${url}/text`, { headers: { 'accept-language': 'zh-CN' } }))).toEqual({
      title: '树',
    });
  });

  it('keeps the inside of a failure to itself', async () => {
    const answer = await fetch(`${url}/crash`);
    const body = await answer.text();
    expect(answer.status).toBe(500);
    expect(JSON.parse(body)).toMatchObject({ code: 'internal' });
    expect(body).not.toContain('secret');
    expect(answer.headers.get('x-request-id')).toMatch(/^[\da-f-]{36}$/);
  });
});

describe('downloads', () => {
  it('never become a page of this server', async () => {
    const { headers } = await fetch(`${url}/file`);
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="____.html"; filename*=UTF-8''%C3%BC%22%0D%0A.html`,
    );
    expect(headers.get('content-security-policy')).toContain('sandbox');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('limits', () => {
  const hold = async (head: string, at = port): Promise<string> => {
    const socket = connect(at, '127.0.0.1');
    socket.write(head);
    let answer = '';
    socket
      .setEncoding('utf8')
      .on('data', (text: string) => (answer += text))
      .on('error', () => undefined);
    await once(socket, 'close');
    return answer;
  };

  it('end connections that send headers or a body byte by byte', async () => {
    expect(await hold('GET /api/v1/text HTTP/1.1\r\nHost: lo')).toContain(' 408 ');
    await hold(
      'POST /api/v1/echo/a HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 10\r\n\r\n{',
    );
  });

  it('end what is not HTTP, and headers without end', async () => {
    expect(await hold('\u0016\u0003\u0001 hello\r\n\r\n')).toContain(' 400 ');
    expect(await hold(`GET / HTTP/1.1\r\nHost: localhost\r\nX: ${'x'.repeat(200_000)}`)).toContain(' 431 ');
  });

  it('say so when the address is too long, in the reader’s language', async () => {
    const strict = await createHttpApp(TestModule, {
      config: loadConfig({}),
      log: createLogger('silent'),
      limits: { headerBytes: 2000 },
      storeFile: noFiles,
    });
    await strict.listen(0, '127.0.0.1');
    const { port: at } = strict.getHttpServer().address() as { port: number };
    const ask = (language: string): Promise<string> =>
      hold(`GET /?q=${'%28'.repeat(700)} HTTP/1.1\r\nHost: localhost\r\nAccept-Language: ${language}\r\n\r\n`, at);
    expect(await ask('de-DE')).toMatch(/^HTTP\/1.1 431 [^]*sind zu lang[^]*"code":"headers-too-large"[^]*2000/);
    expect(await ask('fr')).toMatch(/^HTTP\/1.1 431 [^]*too long/);
    await strict.close();
  });

  it('let an address through that is as long as it may be', async () => {
    expect((await fetch(`${url}/echo/a?words=${'%28'.repeat(30_000)}`, { method: 'POST' })).status).toBe(422);
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(`${url}/echo/a?words=${'%28'.repeat(30_000)}`, {
      method: 'POST',
      headers,
      body: '{"n":2}',
    });
    expect(await json(answer)).toEqual({ name: 'a', n: 2, words: ['('.repeat(30_000)] });
  });

  it.each([
    ['of a length told', `Content-Length: 12000000`, (piece: string) => piece],
    ['in chunks', 'Transfer-Encoding: chunked', (piece: string) => `${piece.length.toString(16)}\r\n${piece}\r\n`],
  ])('get the refusal of a body too large, %s, when they read after they have written', async (_, header, framed) => {
    const socket = connect(port, '127.0.0.1').setEncoding('utf8');
    const errors: Error[] = [];
    socket.on('error', (error) => errors.push(error));
    socket.write(
      `POST /api/v1/echo/a HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${header}\r\n\r\n`,
    );
    for (let sent = 0; sent < 12; sent++) {
      if (!socket.write(framed('1'.repeat(1_000_000)))) await once(socket, 'drain');
    }
    if (header.startsWith('Transfer')) socket.write('0\r\n\r\n');
    const text = (await socket.toArray()).join('');
    expect([errors, text]).toEqual([[], expect.stringMatching(/^HTTP\/1.1 413 [^]*"code":"body-too-large"/)]);
  });
});
