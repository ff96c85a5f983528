// Measures jobs from a person's click to what that person sees, over the compiled programs on both brokers.
//   npm run build && npx tsc -p bench && node dist/bench/jobs/run.js [postgres|redis] [startedAtClientMs|runningAgainMs|…] [--quick]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

import { measureCancelling } from './cancelling.js';
import { measureIdle } from './idle.js';
import { measureLatency } from './latency.js';
import { measureLiveness } from './liveness.js';
import { measureRecovery } from './recovery.js';
import { type JobsResults, writeSection } from './report.js';
import { countRoundTrips } from './round-trips.js';

const RESULTS = 'bench/results/jobs.json';
const parts = {
  startedAtClientMs: measureLatency,
  runningAgainMs: measureRecovery,
  cancelledMs: measureCancelling,
  apiWhileComputingMs: measureLiveness,
  statementsPerClick: countRoundTrips,
  idlePerMinute: measureIdle,
} as const;
const quick = process.argv.includes('--quick');
const [backend, part] = process.argv.slice(2).filter((word) => word !== '--quick');
const backends = (['postgres', 'redis'] as const).filter((name) => backend === undefined || name === backend);
const names = (Object.keys(parts) as (keyof typeof parts)[]).filter((name) => part === undefined || name === part);

const load = (): number => Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]);
const recorded = (): JobsResults =>
  existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as { results: JobsResults }).results : {};
for (const name of backends) {
  for (const part of names) {
    const loadBefore = load();
    const measured = await parts[part](name, quick);
    // Read only now: the other broker may have been measured meanwhile.
    const results = recorded();
    results[name] = { ...results[name], [part]: { ...measured, loadAverage: [loadBefore, load()] } };
    process.stdout.write(`${name} ${part} ${JSON.stringify(results[name][part])}\n`);
    mkdirSync('bench/results', { recursive: true });
    writeFileSync(RESULTS, `${JSON.stringify({ node: process.version, results }, null, 2)}\n`);
    writeSection(results, 'bench/RESULTS.md');
  }
}
process.exit(0);
