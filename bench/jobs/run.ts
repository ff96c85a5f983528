// Measures jobs from a person's click to what that person sees, over the compiled programs on both brokers.
//   npm run build && npx tsc -p bench && node dist/bench/jobs/run.js [postgres|redis] [startedAtClientMs|runningAgainMs|…]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

import { measureCancelling } from './cancelling.js';
import { measureLatency } from './latency.js';
import { measureLiveness } from './liveness.js';
import { measureRecovery } from './recovery.js';
import { countRoundTrips } from './round-trips.js';

const RESULTS = 'bench/results/jobs.json';
const parts = {
  startedAtClientMs: measureLatency,
  runningAgainMs: measureRecovery,
  cancelledMs: measureCancelling,
  apiWhileComputingMs: measureLiveness,
  statementsPerClick: countRoundTrips,
} as const;
const [backend, part] = process.argv.slice(2);
const backends = (['postgres', 'redis'] as const).filter((name) => backend === undefined || name === backend);
const names = (Object.keys(parts) as (keyof typeof parts)[]).filter((name) => part === undefined || name === part);

const load = (): number => Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]);
type Results = Record<string, Record<string, unknown>>;
const { results }: { results: Results } = existsSync(RESULTS)
  ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as { results: Results })
  : { results: {} };
for (const name of backends) {
  for (const part of names) {
    const loadBefore = load();
    const measured = await parts[part](name);
    results[name] = { ...results[name], [part]: { ...measured, loadAverage: [loadBefore, load()] } };
    process.stdout.write(`${name} ${part} ${JSON.stringify(results[name][part])}\n`);
    mkdirSync('bench/results', { recursive: true });
    writeFileSync(RESULTS, `${JSON.stringify({ node: process.version, results }, null, 2)}\n`);
  }
}
process.exit(0);
