import 'reflect-metadata';

import { checkReach, runProgram } from '#config';
import { openPorts } from '#workflow';

import { createApi } from './api.js';

runProgram('api', async (config, log) => {
  checkReach(config);
  const { ports, close } = await openPorts(config, log);
  const app = await createApi(ports, { checkAnswers: config.checkAnswers });
  await app.listen(config.port, config.host);
  log.info({ url: await app.getUrl() }, 'listening');
  return () => app.close().then(close);
});
