// One search whose trials are child jobs, with one worker and with two, in the order 1 2 2 1, over the compiled programs on both brokers.
//   npm run build && npx tsc -p bench && node dist/bench/trials/run.js [postgres|redis] [--trials 16] [--rows 8000]
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';

import { random } from '#linalg';

import { type Backend, House } from '../../test/chaos/house.js';
import { Caller } from '../../test/e2e/caller.js';
import { newRun, session } from '../../test/e2e/training.js';
import { programSeconds } from '../cpu.js';
import { type TrialsReport, writeSection } from './report.js';

const RESULTS = 'bench/results/trials.json';
const ORDER = [1, 2, 2, 1] as const;
const COLUMNS = 8;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { trials: { type: 'string', default: '16' }, rows: { type: 'string', default: '8000' } },
});
const [trials, rows] = [Number(values.trials), Number(values.rows)];

/** Half of the columns tell something, and a third of the classes is noise. */
function table(): string {
  const { normal } = random(1);
  const names = Array.from({ length: COLUMNS }, (_, column) => `x${column}`);
  const lines = Array.from({ length: rows }, () => {
    const x = names.map(() => normal());
    const sum = x.slice(0, COLUMNS / 2).reduce((total, value) => total + value, 0) + x[0]! * x[1]! + normal();
    return [...x.map((value) => value.toFixed(4)), sum > 0 ? 'yes' : 'no'].join(',');
  });
  return [[...names, 'answer'].join(','), ...lines].join('\n');
}

interface Measured {
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Of everything the search came to. */
  readonly hash: string;
}

async function search(house: House, datasetId: number): Promise<Measured> {
  const api = new Caller(house.url);
  const plan = session(datasetId, `search ${Math.random()}`, {
    input_columns: Array.from({ length: COLUMNS }, (_, column) => `x${column}`),
    output_columns: ['answer'],
  });
  const { id } = await api.ok<{ id: number }>('POST', '/model-session/', plan);
  const rate = { optimize: true, fixed_value: 0.1, lower_bound: 0.01, upper_bound: 0.5 };
  const fields = {
    optimizer_name: 'OptunaOptimizer',
    optimizer_parameters: { n_trials: trials, sampler: 'TPESampler', pruner: 'None' },
    goal_metric: 'LogLoss',
  };
  const run = await api.ok<{ id: number }>(
    'POST',
    '/run/',
    newRun(id, 'HistGradientBoostingClassifier', { max_iter: 300, learning_rate: rate }, fields),
  );
  const running = house.workers.filter(({ running }) => running);
  const cpu = (): number => running.reduce((sum, { pid }) => sum + programSeconds(pid!), 0);
  const [start, cpuBefore] = [performance.now(), cpu()];
  const job = await api.submit('ModelJob', { run_id: run.id });
  const end = await api.end(job, 20 * 60_000);
  const seconds = (performance.now() - start) / 1000;
  const cpuSeconds = cpu() - cpuBefore;
  if (end.status !== 'finished') throw new Error(`the search ended as ${end.status}: ${end.error ?? ''}`);
  const { parameters, test_metrics } = await api.ok<Record<string, unknown>>('GET', `/run/${run.id}`);
  const hash = createHash('sha256')
    .update(JSON.stringify([parameters, test_metrics]))
    .digest('hex');
  return { seconds, cpuSeconds, hash };
}

const load = (): number => Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]);
const round = (value: number): number => Math.round(value * 100) / 100;

async function measure(backend: Backend): Promise<TrialsReport> {
  // Each worker is what one processor can do, so that a second one is a second processor.
  const house = await House.open(backend, {
    MILLRACE_TASKS: '',
    MILLRACE_COMPUTE_SLOTS: '1',
    MILLRACE_LOG_LEVEL: 'warn',
  });
  try {
    const { id } = await new Caller(house.url).dataset('search', table());
    const loadBefore = load();
    const measured: Record<1 | 2, Measured[]> = { 1: [], 2: [] };
    for (const workers of ORDER) {
      if (workers === 1) await house.workers[1]!.kill('SIGTERM');
      else house.startPrograms();
      // A worker that has just started describes the components.
      await sleep(8000);
      const one = await search(house, id);
      measured[workers].push(one);
      process.stdout.write(`${backend} ${workers} ${JSON.stringify(one)}\n`);
    }
    const hashes = new Set([...measured[1], ...measured[2]].map(({ hash }) => hash));
    if (hashes.size !== 1) throw new Error('the searches came to different ends');
    const least = (workers: 1 | 2, key: 'seconds' | 'cpuSeconds'): number =>
      round(Math.min(...measured[workers].map((one) => one[key])));
    return {
      node: process.version,
      cores: cpus().length,
      trials,
      rows,
      loadAverage: [loadBefore, load()],
      seconds: [least(1, 'seconds'), least(2, 'seconds')],
      cpuSeconds: [least(1, 'cpuSeconds'), least(2, 'cpuSeconds')],
    };
  } finally {
    await house.close();
  }
}

const results = existsSync(RESULTS) ? (JSON.parse(readFileSync(RESULTS, 'utf8')) as Record<string, TrialsReport>) : {};
for (const backend of ['postgres', 'redis'] as const) {
  if (positionals.length > 0 && !positionals.includes(backend)) continue;
  results[backend] = await measure(backend);
  const [one, two] = results[backend].seconds;
  process.stdout.write(`${backend}: ${one} s with one worker, ${two} s with two\n`);
  mkdirSync('bench/results', { recursive: true });
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  writeSection(results, 'bench/RESULTS.md');
}
process.exit(0);
