import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import { Controller, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';

import { createLogger, loadConfig } from '#config';
import { type InputOf, route, type ServerEvent } from '#contract';

import type { Call } from './call.js';
import { createHttpApp } from './http-app.js';
import { Implements } from './implements.decorator.js';

const common = { tag: 'test', summary: 'For this test', status: 200 } as const;
const testRoutes = {
  events: route({ ...common, method: 'GET', path: '/events', answer: z.object({ n: z.int() }), stream: 'events' }),
};

let closedSources = 0;

async function* numbers(from: number, signal: AbortSignal): AsyncIterable<ServerEvent<{ n: number }>> {
  try {
    for (let n = from; n < from + 3; n++) yield { id: `${n}`, event: 'number', data: { n } };
    await once(signal, 'abort');
  } finally {
    closedSources++;
  }
}

@Controller()
class TestController {
  @Implements(testRoutes.events)
  events(_input: InputOf<typeof testRoutes.events>, { lastEventId, signal }: Call) {
    return numbers(Number(lastEventId ?? -1) + 1, signal);
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

beforeAll(async () => {
  app = await createHttpApp(TestModule, {
    config: loadConfig({}),
    log: createLogger('silent'),
    checkAnswers: true,
    storeFile: noFiles,
  });
  await app.listen(0, '127.0.0.1');
  url = `${await app.getUrl()}/api/v1`;
});
afterAll(async () => {
  await app.close();
});

const until = async (condition: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await condition())) await sleep(10);
};

describe('events', () => {
  it('go on after the last one seen and close their source when the client goes', async () => {
    const before = closedSources;
    const controller = new AbortController();
    const answer = await fetch(`${url}/events`, { headers: { 'last-event-id': '4' }, signal: controller.signal });
    expect(answer.headers.get('content-type')).toContain('text/event-stream');
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('{"n":7}\n\n')) text += (await reader.read()).value ?? '';
    expect(text).toBe(': open\n\n' + [5, 6, 7].map((n) => `id: ${n}\nevent: number\ndata: {"n":${n}}\n\n`).join(''));
    controller.abort();
    await until(() => closedSources === before + 1);
  });

  it('answer HEAD without opening a source', async () => {
    expect((await fetch(`${url}/events`, { method: 'HEAD' })).status).toBe(200);
  });

  it('end when the server stops', async () => {
    const answer = await fetch(`${url}/events`);
    const text = answer.text();
    await app.close();
    expect(await text).toContain('{"n":2}');
  });
});
