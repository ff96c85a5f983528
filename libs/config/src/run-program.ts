import { ConfigError, loadConfig, type Config } from './config.js';
import { createLogger, type Logger } from './logger.js';

/** Time for an orderly end; then the process goes anyway, and another worker's sweeper takes its jobs over. */
const SHUTDOWN_MS = 10_000;

/**
 * Runs one of our programs until it is told to stop: by SIGTERM or SIGINT, or by the end of the launcher that spawned
 * it, which its channel tells, also after kill -9. It can be told so while it still starts, which may wait for ever on a
 * database that went away with the launcher.
 * @param start resolves, when the program works, with what ends it in order.
 */
export function runProgram(
  program: string,
  start: (config: Config, log: Logger) => Promise<() => Promise<unknown>>,
): void {
  const started = begin(program, start);
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), SHUTDOWN_MS);
    started
      .then((close) => close())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  process.on('disconnect', stop);
  if (process.send !== undefined && !process.connected) stop();
  started.catch((error: unknown) => {
    const said = error instanceof ConfigError ? error.message : error instanceof Error ? error.stack : error;
    process.stderr.write(`${String(said)}\n`);
    process.exit(1);
  });
}

async function begin(
  program: string,
  start: (config: Config, log: Logger) => Promise<() => Promise<unknown>>,
): Promise<() => Promise<unknown>> {
  const config = loadConfig();
  return start(config, createLogger(config.logLevel, { program }));
}
