import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { NestFastifyApplication } from '@nestjs/platform-fastify';

import { loadConfig } from '#config';
import { NotingLogger, type Program, startProgram, testDatabase } from '#testing';
import { openPorts, type Ports } from '#workflow';

import { type ApiOptions, createApi } from '../../apps/api/src/api.js';

/** A route as the router knows it. */
export interface RouterEntry {
  readonly method: string;
  readonly url: string;
  readonly open: boolean;
}

/** The API in this process, over a database and a home of its own, without a worker unless one is started. */
export interface RunningApi {
  readonly app: NestFastifyApplication;
  readonly ports: Ports;
  readonly port: number;
  readonly home: string;
  readonly routes: readonly RouterEntry[];
  /** Settles when the worker has told which components there are. */
  readonly startWorker: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

export async function startApi(
  env: Readonly<Record<string, string>> = {},
  options: ApiOptions = {},
): Promise<RunningApi> {
  const [home, database] = await Promise.all([
    mkdtemp(join(tmpdir(), 'millrace-security-')),
    testDatabase({ migrated: true }),
  ]);
  const settings = { MILLRACE_HOME: home, DATABASE_URL: database.url, WEB_ROOT: join(home, 'web'), ...env };
  const config = loadConfig(settings);
  const log = new NotingLogger();
  const { ports, close } = await openPorts(config, log, { poolSize: 4 });
  const routes: RouterEntry[] = [];
  const app = await createApi(ports, {
    checkAnswers: true,
    ...options,
    onRoute: ({ method, url, open }) => routes.push(...[method].flat().map((one) => ({ method: one, url, open }))),
  });
  await app.listen(0, '127.0.0.1');
  const { port } = app.getHttpServer().address() as { port: number };
  let worker: Program | undefined;
  const startWorker = async (): Promise<void> => {
    worker = startProgram('worker', join(home, 'worker.log'), settings);
    while (ports.catalogue.size === 0) {
      if (worker.exitCode() !== undefined)
        throw new Error(`the worker ended: ${await readFile(worker.logFile, 'utf8')}`);
      await sleep(50);
    }
  };
  const stop = async (): Promise<void> => {
    await app.close();
    await log.flush();
    await worker?.stop();
    await close();
    await database.drop();
    await rm(home, { recursive: true, force: true });
  };
  return { app, ports, port, home, routes, startWorker, stop };
}

/** An address of a route, its parameters filled in. */
export const addressOf = (url: string): string => url.replaceAll(/:(\w+)/g, '1').replace('*', 'x');
