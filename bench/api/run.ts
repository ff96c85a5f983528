// Measures the API over HTTP with wrk: one thread, 50 connections, keep-alive, log and guard as in service.
//   npx tsc -p bench && node dist/bench/api/run.js [--seconds 8] [--rounds 3]
import { execFileSync, fork } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import pg from 'pg';

import { createLogger } from '#config';
import { freePort, startPostgres } from '#embedded';
import { migrate } from '#persistence';

import { type ApiMeasurement, recordApi } from './report.js';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '8' }, rounds: { type: 'string', default: '3' } },
});
const root = join(import.meta.dirname, '..', '..', '..');
const CLOCK_TICKS = 100;

const targets = {
  'a constant': '/api/v1/health/live',
  '50 rows of a Postgres table': '/api/v1/dataset/',
} as const;

const home = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
const postgres = await startPostgres({ home, log: createLogger('silent') });
await migrate(postgres.url);
await fill(postgres.url);
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
  const base = `http://127.0.0.1:${port}`;
  await until(async () => (await fetch(`${base}/health/live`).catch(() => undefined))?.ok === true);
  const results: Record<string, ApiMeasurement> = {};
  for (const [name, path] of Object.entries(targets)) {
    wrk(base + path, '2');
    const rounds = Array.from({ length: Number(values.rounds) }, () => measure(base + path, api.pid!));
    results[name] = rounds.reduce((best, one) => (one.requestsPerSecond > best.requestsPerSecond ? one : best));
    process.stdout.write(`${name}: ${JSON.stringify(results[name])}\n`);
  }
  mkdirSync(join(root, 'bench/results'), { recursive: true });
  const load = readFileSync('/proc/loadavg', 'utf8').split(' ')[0];
  const report = {
    node: process.version,
    connections: 50,
    bestOf: Number(values.rounds),
    loadAverage: Number(load),
    results,
  };
  recordApi(report, join(root, 'bench/RESULTS.md'));
  writeFileSync(join(root, 'bench/results/api.json'), `${JSON.stringify(report, null, 2)}\n`);
} finally {
  api.kill('SIGTERM');
  await new Promise((resolve) => api.once('exit', resolve));
  await postgres.stop();
  rmSync(home, { recursive: true, force: true });
}

async function fill(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(
    `INSERT INTO dataset (name, status, file_path, total_rows, total_columns)
     SELECT 'data set ' || n, 3, 'dataset-' || gen_random_uuid(), n * 100, n FROM generate_series(1, 50) n`,
  );
  await client.end();
}

async function until(ready: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await ready()); tries++) {
    if (tries > 300)
      throw new Error(`the API did not start: ${readFileSync(join(home, 'api.log'), 'utf8').slice(-2000)}`);
    await sleep(100);
  }
}

function measure(url: string, pid: number): ApiMeasurement {
  const before = cpuSeconds(pid);
  const text = wrk(url, values.seconds);
  const cpu = cpuSeconds(pid) - before;
  const number = (pattern: RegExp): number => Number(pattern.exec(text)?.[1] ?? 0);
  const [, p99 = '0', unit = 'ms'] = /99%\s+([\d.]+)(us|ms|s)/.exec(text) ?? [];
  const requests = number(/(\d+) requests in/);
  return {
    requestsPerSecond: Math.round(number(/Requests\/sec:\s+([\d.]+)/)),
    p99Ms: Number(p99) * { us: 0.001, ms: 1, s: 1000 }[unit as 'us' | 'ms' | 's'],
    cpuMicrosPerRequest: Math.round((cpu / requests) * 1e6),
    errors: number(/Non-2xx or 3xx responses: (\d+)/),
  };
}

function wrk(url: string, seconds: string): string {
  return execFileSync('wrk', ['-t1', '-c50', `-d${seconds}s`, '--latency', url], { encoding: 'utf8' });
}

/** User and system time of a process so far. */
function cpuSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ');
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS;
}
