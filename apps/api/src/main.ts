import 'reflect-metadata';

import { ConfigError, runProgram } from '#config';
import { openPorts } from '#workflow';

import { createApi } from './api.js';
import { isLoopback } from './http/guard.js';

runProgram('api', async (config, log) => {
  if (config.token === undefined && !isLoopback(config.host)) {
    throw new ConfigError('MILLRACE_TOKEN: required when MILLRACE_HOST is reachable from other machines');
  }
  const { ports, close } = await openPorts(config, log);
  const app = await createApi(ports, { checkAnswers: config.checkAnswers });
  await app.listen(config.port, config.host);
  log.info({ url: await app.getUrl() }, 'listening');
  return () => app.close().then(close);
});
