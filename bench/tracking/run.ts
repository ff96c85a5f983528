// Measures the store of tracked runs over HTTP: points per second with four writers, a chart of a million points, lists of ten thousand runs.
//   npx tsc -p bench && node dist/bench/tracking/run.js [--seconds 10]
import { fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { createLogger } from '#config';
import { freePort, startPostgres } from '#embedded';
import { migrate } from '#persistence';

import { cpuMeter } from './cpu.js';
import { measureLists, measureReads } from './reads.js';
import { measureWrites } from './writes.js';
import { recordTracking, type TrackingReport } from './report.js';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '10' } } });
const root = join(import.meta.dirname, '..', '..', '..');
const home = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
const postgres = await startPostgres({ home, log: createLogger('silent') });
await migrate(postgres.url);
const port = await freePort();
const log = openSync(join(home, 'api.log'), 'a');
const api = fork(join(root, 'dist/apps/api/src/main.js'), {
  env: {
    ...process.env,
    NODE_ENV: 'production',
    MILLRACE_HOME: home,
    DATABASE_URL: postgres.url,
    MILLRACE_PORT: `${port}`,
  },
  execArgv: [],
  stdio: ['ignore', log, log, 'ipc'],
});
try {
  const base = `http://127.0.0.1:${port}/api/v1`;
  await untilReady(`${base}/health/live`);
  const load = (): number => Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]);
  const cpu = cpuMeter(api.pid!, postgres.pid);
  const before = load();
  const writes = await measureWrites(base, postgres.url, Number(values.seconds) * 1000, cpu);
  const reads = await measureReads(base, cpu);
  const lists = await measureLists(base, postgres.url, cpu);
  const report: TrackingReport = {
    node: process.version,
    cores: cpus().length,
    loadAverage: { before, after: load() },
    writes,
    reads,
    lists,
  };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  mkdirSync(join(root, 'bench/results'), { recursive: true });
  recordTracking(report, join(root, 'bench/RESULTS.md'));
  writeFileSync(join(root, 'bench/results/tracking.json'), `${JSON.stringify(report, null, 2)}\n`);
} finally {
  api.kill('SIGTERM');
  await new Promise((resolve) => api.once('exit', resolve));
  await postgres.stop();
  rmSync(home, { recursive: true, force: true });
}

async function untilReady(url: string): Promise<void> {
  for (let tries = 0; (await fetch(url).catch(() => undefined))?.ok !== true; tries++) {
    if (tries > 300)
      throw new Error(`the API did not start: ${readFileSync(join(home, 'api.log'), 'utf8').slice(-2000)}`);
    await sleep(100);
  }
}
