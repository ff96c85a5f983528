import 'reflect-metadata';

import { ConfigError, createLogger, loadConfig } from '#config';
import { openPorts } from '#workflow';

import { createApi } from './api.js';
import { isLoopback } from './http/guard.js';

/** Time for open requests to end before the process goes anyway. */
const SHUTDOWN_MS = 10_000;

async function main(): Promise<void> {
  const config = loadConfig();
  if (config.token === undefined && !isLoopback(config.host)) {
    throw new ConfigError('MILLRACE_TOKEN: required when MILLRACE_HOST is reachable from other machines');
  }
  const log = createLogger(config.logLevel, { program: 'api' });
  const { ports, close } = await openPorts(config, log);
  const app = await createApi(ports);
  await app.listen(config.port, config.host);
  log.info({ url: await app.getUrl() }, 'listening');

  let stopping = false;
  const stop = (reason: string): void => {
    if (stopping) return;
    stopping = true;
    log.info({ reason }, 'stopping');
    setTimeout(() => process.exit(1), SHUTDOWN_MS).unref();
    void app
      .close()
      .then(close)
      .then(() => process.exit(0));
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
