import { type DynamicModule, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

import type { Config, Logger } from '#config';
import type { TokenReading } from '#workflow';

import { addBodyParsers } from './body-parsers.js';
import { Door } from './door.js';
import { ErrorFilter } from './error.filter.js';
import { defaultLimits, type Limits } from './limits.js';
import { RequestRates } from './request-rates.js';
import type { StoreFile } from './read-form.js';
import { addHooks, newAdapter } from './server.js';
import { JoinedReads } from './joined-reads.js';

/** What carries a module's routes over HTTP. */
export interface HttpOptions {
  readonly config: Config;
  readonly log: Logger;
  readonly storeFile: StoreFile;
  /** Compares every answer with its schema; for development and tests. */
  readonly checkAnswers?: boolean | undefined;
  readonly limits?: Partial<Limits> | undefined;
  /** Reads access tokens; without it none is known. */
  readonly readToken?: (token: string) => Promise<TokenReading>;
  /** Sees the server before any route is added to it. */
  readonly prepare?: (server: FastifyInstance) => void;
}

/** A Nest application with guard, errors, forms and limits; `init` is the caller's, after its last own route. */
export async function createHttpApp(
  module: DynamicModule | Type,
  options: HttpOptions,
): Promise<NestFastifyApplication> {
  const { config, log, storeFile, readToken = () => Promise.resolve({ kind: 'foreign' }) } = options;
  const door = new Door(config, readToken, new RequestRates(config.trackerRate));
  const limits = { ...defaultLimits, ...options.limits };
  const adapter = newAdapter(config, limits, door);
  const server: FastifyInstance = adapter.getInstance();
  const closing = new AbortController();
  server.decorate('millrace', {
    storeFile,
    checkAnswers: options.checkAnswers === true,
    reads: new JoinedReads(),
    closing: closing.signal,
    door,
  });
  server.addHook('preClose', (done) => {
    closing.abort();
    done();
  });
  options.prepare?.(server);
  addHooks(server, config, limits, log, door);
  await addBodyParsers(server, config, limits);
  // Nest declares its options as a class, and takes a literal.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter, {
    bodyParser: false,
    logger: false,
    abortOnError: false,
  });
  app.useGlobalFilters(new ErrorFilter(log));
  return app;
}
