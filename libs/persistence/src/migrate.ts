import { createLogger, loadConfig } from '#config';

import { migrate } from './migrate-database.js';

const config = loadConfig();
const log = createLogger(config.logLevel, { program: 'migrate' });
if (config.databaseUrl === undefined) {
  log.error({}, 'DATABASE_URL is not set');
  process.exitCode = 2;
} else {
  await migrate(config.databaseUrl);
  log.info({}, 'the database is migrated');
}
