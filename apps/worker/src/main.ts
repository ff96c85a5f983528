import 'reflect-metadata';

import { NestFactory } from '@nestjs/core';

import { ConfigError, createLogger, loadConfig } from '#config';

import { WorkerModule } from './worker.module.js';

/** Running jobs are given back well within this; then the process goes anyway, and the sweeper of another worker takes over. */
const SHUTDOWN_MS = 10_000;

async function main(): Promise<void> {
  const config = loadConfig();
  const log = createLogger(config.logLevel, { program: 'worker' });
  // A driver that loses its connection may reject where nobody waits; the job's row decides what happens, not a crash.
  process.on('unhandledRejection', (error) => log.warn({ error: String(error) }, 'unhandled rejection'));
  // Nest declares its options as a class, and takes a literal.
  // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
  const app = await NestFactory.createApplicationContext(WorkerModule.over(config, log), {
    logger: false,
    abortOnError: false,
  });
  let stopping = false;
  const stop = (reason: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ reason }, 'stopping');
    setTimeout(() => process.exit(1), SHUTDOWN_MS).unref();
    void app.close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => stop(signal));
  // Spawned by the standalone launcher: when it dies, so do we, also when it died before we listened.
  process.on('disconnect', () => stop('disconnect'));
  if (process.send !== undefined && !process.connected) stop('disconnect');
}

main().catch((error: unknown) => {
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : String(error instanceof Error ? error.stack : error)}\n`,
  );
  process.exit(1);
});
