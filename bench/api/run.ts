// Measures the API over HTTP with wrk: one thread, 50 connections, keep-alive, log and guard as in service.
//   npx tsc -p bench && node dist/bench/api/run.js [--seconds 8] [--rounds 3]
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import pg from 'pg';

import { programSeconds } from '../cpu.js';
import { root, serveApi } from '../served-api.js';
import { type ApiMeasurement, recordApi } from './report.js';

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '8' }, rounds: { type: 'string', default: '3' } },
});

/** What is asked for, and the script that asks otherwise than for the same thing again and again. */
const targets: Readonly<Record<string, { readonly path: string; readonly script?: string }>> = {
  'a constant': { path: '/api/v1/health/live' },
  '50 rows of a Postgres table': { path: '/api/v1/dataset/' },
  '50 rows of a Postgres table, each request by a query of its own': {
    path: '/api/v1/dataset/',
    script: join(root, 'bench/api/each-its-own.lua'),
  },
};

const api = await serveApi();
try {
  await fill(api.databaseUrl);
  const results: Record<string, ApiMeasurement> = {};
  for (const [name, { path, script }] of Object.entries(targets)) {
    const ask = (seconds: string): string => wrk(api.url + path, seconds, script);
    ask('2');
    const rounds = Array.from({ length: Number(values.rounds) }, () => measure(() => ask(values.seconds), api.pid));
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
  await api.stop();
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

function measure(ask: () => string, pid: number): ApiMeasurement {
  const before = programSeconds(pid);
  const text = ask();
  const cpu = programSeconds(pid) - before;
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

function wrk(url: string, seconds: string, script?: string): string {
  const scripted = script === undefined ? [] : ['-s', script];
  return execFileSync('wrk', ['-t1', '-c50', `-d${seconds}s`, '--latency', ...scripted, url], { encoding: 'utf8' });
}
