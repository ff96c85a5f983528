import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { afterAll, beforeAll } from 'vitest';

import { loadConfig } from '#config';
import { NotingLogger, testDatabase } from '#testing';
import { openPorts, type Ports } from '#workflow';

import { createApi } from './api.js';

/** The API over a database and a folder of one spec's own; filled before its first test. */
export interface ApiHouse {
  ports: Ports;
  app: NestFastifyApplication;
}

/** @param listening whether it has a port, for WebSockets; `env` is what is configured besides. */
export function apiHouse({
  listening = false,
  env = {},
}: { readonly listening?: boolean; readonly env?: Readonly<Record<string, string>> } = {}): ApiHouse {
  const house = {} as ApiHouse;
  const closing: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    const home = await mkdtemp(join(tmpdir(), 'millrace-api-'));
    const database = await testDatabase({ migrated: true });
    const config = loadConfig({ MILLRACE_HOME: home, DATABASE_URL: database.url, WEB_ROOT: join(home, 'web'), ...env });
    const log = new NotingLogger();
    const opened = await openPorts(config, log, { poolSize: 6 });
    house.ports = opened.ports;
    house.app = await createApi(opened.ports, { checkAnswers: true });
    if (listening) await house.app.listen(0, '127.0.0.1');
    closing.push(
      () => house.app.close(),
      () => log.flush(),
      opened.close,
      database.drop,
      () => rm(home, { recursive: true, force: true }),
    );
  });
  afterAll(async () => {
    for (const close of closing) await close();
  });
  return house;
}

/** An answer as JSON where it is some. */
export interface Told<T> {
  readonly status: number;
  readonly body: T;
  readonly text: string;
}

/** Calls the API without a line in between; the body goes as JSON, a form as a form. */
export async function told<T>(
  { app }: ApiHouse,
  method: string,
  url: string,
  body?: object,
  headers: Readonly<Record<string, string>> = {},
): Promise<Told<T>> {
  const { type, payload } = await sent(body);
  const answer = await app.inject({
    method: method as 'GET',
    url,
    headers: { host: 'localhost', ...type, ...headers },
    ...(payload === undefined ? {} : { payload }),
  });
  const isJson = /json/.test(String(answer.headers['content-type']));
  return { status: answer.statusCode, body: (isJson ? answer.json() : undefined) as T, text: answer.body };
}

async function sent(body: object | undefined): Promise<{ type: Record<string, string>; payload: object | undefined }> {
  if (!(body instanceof FormData)) return { type: {}, payload: body };
  const form = new Response(body);
  return {
    type: { 'content-type': form.headers.get('content-type')! },
    payload: Buffer.from(await form.arrayBuffer()),
  };
}

/** A form of these fields, and of one file where there is one. */
export function formOf(fields: Readonly<Record<string, string>>, file?: Blob, name = 'file.bin'): FormData {
  const form = new FormData();
  for (const [field, value] of Object.entries(fields)) form.append(field, value);
  if (file !== undefined) form.append('file', file, name);
  return form;
}
