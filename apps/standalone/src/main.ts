import { fileURLToPath } from 'node:url';

import { ConfigError, loadConfig } from '#config';
import { EmbeddedError } from '#embedded';

import { StandaloneError } from './standalone-error.js';
import { runStandalone } from './standalone.js';

/** One Ctrl-C may arrive several times: from the terminal and again from the npm that started us. */
const SAME_KEY_PRESS_MS = 1000;
const below = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const say = (line: string): void => void process.stderr.write(`${line}\n`);

const stop = new AbortController();
const force = new AbortController();
let askedAt = 0;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (!stop.signal.aborted) {
      askedAt = Date.now();
      say('Millrace is stopping; press Ctrl-C again to stop it at once.');
      stop.abort();
    } else if (Date.now() - askedAt > SAME_KEY_PRESS_MS) force.abort();
  });
}

try {
  await runStandalone({
    config: loadConfig(),
    paths: {
      migrate: below('../../../libs/persistence/src/migrate.js'),
      api: below('../../api/src/main.js'),
      worker: below('../../worker/src/main.js'),
    },
    say,
    onReady: (url) => process.stdout.write(`Millrace is ready: ${url}\n`),
    stop: stop.signal,
    force: force.signal,
  });
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof EmbeddedError || error instanceof StandaloneError))
    throw error;
  say(error.message);
  process.exitCode = 1;
}
