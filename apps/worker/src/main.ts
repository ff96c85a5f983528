import 'reflect-metadata';

import { NestFactory } from '@nestjs/core';

import { runProgram } from '#config';

import { WorkerModule } from './worker.module.js';

runProgram('worker', async (config, log) => {
  // A driver that loses its connection may reject where nobody waits; the job's row decides what happens, not a crash.
  process.on('unhandledRejection', (error) => log.warn({ error: String(error) }, 'unhandled rejection'));
  // Nest declares its options as a class, and takes a literal.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
  const app = await NestFactory.createApplicationContext(WorkerModule.over(config, log), {
    logger: false,
    abortOnError: false,
  });
  return () => app.close();
});
