import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { TestProject, Vitest } from 'vitest/node';

import { createLogger } from '#config';
import { startPostgres } from '#embedded';

import { startRedis } from './redis-server.js';
import { gatherRoutes, unseenRefusals, untouchedRoutes } from './touched-routes.js';

/** Nothing a test writes need outlive a power cut. */
const settings = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_connections: 200 };

/** Declared errors that no test of the last whole run met, a line each. */
const UNMET = 'node_modules/.cache/millrace/unmet-refusals.txt';

const NOTHING = (): Promise<void> => Promise.resolve();

/**
 * One Postgres and, where there is one, one Redis for the whole run of the tests. The addresses travel to the test
 * processes in the environment, which they inherit.
 * @returns stops both and removes their folder.
 */
export async function setup({ vitest }: TestProject): Promise<() => Promise<void>> {
  // Several projects of one run name this file: the first starts the servers, and its teardown comes after every test.
  if (process.env['MILLRACE_TEST_RUN'] === `${process.pid}`) return NOTHING;
  process.env['MILLRACE_TEST_RUN'] = `${process.pid}`;
  const folder = await mkdtemp(join(tmpdir(), 'millrace-tests-'));
  const log = createLogger('warn', { program: 'tests' });
  const redisStart = startRedis(folder);
  const postgres = await startPostgres({ home: folder, log, settings });
  const redis = await redisStart;
  process.env['MILLRACE_TEST_PG_URL'] = postgres.url;
  if (redis !== undefined) process.env['MILLRACE_TEST_REDIS_URL'] = redis.url;
  const touched = join(folder, 'touched-routes');
  gatherRoutes(touched);
  return async () => {
    await Promise.all([postgres.stop(), redis?.stop()]);
    const untouched = isWholeRun(vitest) ? await untouchedRoutes(touched) : [];
    if (isWholeRun(vitest)) await tellRefusals(touched);
    await rm(folder, { recursive: true, force: true });
    if (untouched.length > 0)
      throw new Error(`no test has these routes answer with success:\n  ${untouched.join('\n  ')}`);
  };
}

/**
 * What no test was refused with is no fault of the run, but whoever reads its end should know. The list has a file of
 * its own: hundreds of lines at the end of a run would hide which test failed.
 */
async function tellRefusals(file: string): Promise<void> {
  const { declared, unseen } = await unseenRefusals(file);
  await mkdir(dirname(UNMET), { recursive: true });
  await writeFile(UNMET, `${unseen.join('\n')}\n`);
  process.stdout.write(
    `${declared - unseen.length} of ${declared} refusals that routes declare were met by a test; the others: ${UNMET}\n`,
  );
}

/** Only all programs of all tests together touch every route: `vitest run` without a filter. */
const isWholeRun = ({ projects, config }: Vitest): boolean =>
  projects.length === 4 &&
  config.testNamePattern === undefined &&
  process.argv.slice(3).every((argument) => argument.startsWith('-'));
