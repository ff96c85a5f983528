import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { type RunningMillrace, startMillrace } from '#testing';

import { Caller } from './caller.js';
import { penguins } from './real-data.js';
import { newRun, type Run, session } from './training.js';
import { WatchedHouse } from './watched-house.js';

const TYPES = { 'Beak Length (mm)': 'Float', 'Beak Depth (mm)': 'Float', 'Flipper Length (mm)': 'Float' };
const COLUMNS = { input_columns: Object.keys(TYPES), output_columns: ['Species'] };
const FOLDS = {
  evaluation_strategy: 'CrossValidationEvaluationStrategy',
  splits: JSON.stringify({ splitter_name: 'StratifiedKFoldSplitter', n_splits: 3 }),
};
const MODEL = 'HistGradientBoostingClassifier';
/** A trial of so many iterations takes about a second on a slow machine. */
const SLOW = 600;

/** Running programs, a caller and a look behind the API. */
class SearchHouse {
  readonly api: Caller;
  readonly db: pg.Pool;

  private constructor(
    readonly millrace: RunningMillrace,
    private readonly datasetId: number,
  ) {
    this.api = new Caller(millrace.url);
    this.db = new pg.Pool({ connectionString: millrace.databaseUrl, max: 1 });
    this.db.on('error', () => undefined);
  }

  static async open(backend: 'postgres' | 'redis', workers: number, handOverMs: number): Promise<SearchHouse> {
    const millrace = await startMillrace({ backend, workers, env: { MILLRACE_HAND_OVER_MS: `${handOverMs}` } });
    const whole = penguins()
      .split('\n')
      .filter((line) => !line.includes(',,'))
      .join('\n');
    const { id } = await new Caller(millrace.url).dataset('penguins', whole);
    return new SearchHouse(millrace, id);
  }

  async close(): Promise<void> {
    await this.db.end();
    await this.millrace.stop();
  }

  /** A run that searches a learning rate, and the job that trains it. */
  async search(fields: object, { iterations = 10, trials = 9, ...more } = {}): Promise<{ run: number; job: string }> {
    const plan = session(this.datasetId, `session ${Math.random()}`, { ...COLUMNS, ...fields });
    const { id } = await this.api.ok<{ id: number }>('POST', '/model-session/', plan);
    const rate = { optimize: true, fixed_value: 0.1, lower_bound: 0.01, upper_bound: 0.5 };
    const search = {
      optimizer_name: 'OptunaOptimizer',
      optimizer_parameters: { n_trials: trials, sampler: 'TPESampler', pruner: 'MedianPruner' },
      goal_metric: 'LogLoss',
      ...more,
    };
    const run = await this.api.ok<Run>(
      'POST',
      '/run/',
      newRun(id, MODEL, { max_iter: iterations, learning_rate: rate }, search),
    );
    return { run: run.id, job: await this.api.submit('ModelJob', { run_id: run.id }) };
  }

  /** Everything a finished search left, as bytes or values that must not depend on who ran it. */
  async outcome({ run: id, job }: { run: number; job: string }): Promise<Record<string, unknown>> {
    expect(await this.api.end(job)).toMatchObject({ status: 'finished', error: null });
    const run = await this.api.ok<Run & Record<string, unknown>>('GET', `/run/${id}`);
    const bytes = async (path: unknown): Promise<string> =>
      createHash('sha256')
        .update(await readFile(join(this.millrace.home, 'data', path as string)))
        .digest('hex');
    const { rows: points } = await this.db.query<object>(
      'SELECT split, level, name, step, value, std_value, fold_index FROM metric_point WHERE run_id = $1 ORDER BY id',
      [id],
    );
    const { parameters, train_metrics, validation_metrics, test_metrics, split_indexes } = run;
    const paths = ['run_path', 'plot_history_path', 'plot_slice_path'].map((name) => bytes(run[name]));
    return {
      parameters,
      scores: [train_metrics, validation_metrics, test_metrics],
      split_indexes,
      points,
      files: await Promise.all(paths),
    };
  }

  /** The children of a job as they are now. */
  async children(job: string): Promise<{ name: string; state: string; attempt: number; worker_id: string | null }[]> {
    const sql = 'SELECT name, state, attempt, worker_id FROM job WHERE parent_id = $1 ORDER BY name';
    return (await this.db.query<{ name: string; state: string; attempt: number; worker_id: string | null }>(sql, [job]))
      .rows;
  }

  /** Waits until so many children of a job run at once. */
  async running(job: string, count: number): Promise<Awaited<ReturnType<SearchHouse['children']>>> {
    for (let waited = 0; waited < 60_000; waited += 20) {
      const running = (await this.children(job)).filter(({ state }) => state === 'started');
      if (running.length >= count) return running;
      await sleep(20);
    }
    throw new Error(`${count} trials never ran at once: ${JSON.stringify(await this.children(job))}`);
  }

  /** Nothing of any search is left behind. */
  async isTidy(): Promise<void> {
    await new WatchedHouse(this.millrace).isTidy();
    await expect.poll(() => this.left(), { timeout: 15_000 }).toEqual([]);
  }

  private async left(): Promise<unknown[]> {
    const live = `SELECT id FROM job WHERE parent_id IS NOT NULL AND state IN ('not_started', 'started')`;
    return (await this.db.query<object>(`SELECT job_id AS id FROM trial UNION ALL ${live}`)).rows;
  }
}

let alone: SearchHouse;
let oneSlot: SearchHouse;
let twoWorkers: SearchHouse;
beforeAll(async () => {
  alone = await SearchHouse.open('postgres', 1, 1e9);
  oneSlot = await SearchHouse.open('postgres', 1, 0);
  twoWorkers = await SearchHouse.open('redis', 2, 0);
});
afterAll(async () => {
  for (const house of [alone, oneSlot, twoWorkers]) await (house as SearchHouse | undefined)?.close();
});

describe('the same search comes to the same bytes', () => {
  it.each([
    ['a holdout', {}, {}],
    ['nested folds', FOLDS, { trials: 5, nested: { splitter_name: 'KFoldSplitter', n_splits: 2 } }],
  ])('in one process, in one slot and on two workers: %s', async (_, fields, more) => {
    const inOne = await alone.outcome(await alone.search(fields, more));
    expect(inOne['points']).not.toEqual([]);
    expect(await oneSlot.outcome(await oneSlot.search(fields, more))).toEqual(inOne);
    expect(await twoWorkers.outcome(await twoWorkers.search(fields, more))).toEqual(inOne);
    for (const house of [alone, oneSlot, twoWorkers]) await house.isTidy();
  });
});

describe('a search on two workers', () => {
  it('is one job to those who look, that goes on all the time', async () => {
    // Progress is written four times a second: on a fast machine, too, the search must last for several of them.
    const { job, run } = await twoWorkers.search({}, { iterations: SLOW * 2, trials: 12 });
    const seen = { children: new Set<string>(), workers: new Set<string>(), states: new Set<string>() };
    const listed = new Set<string>();
    const progress: number[] = [];
    let trialPoints = 0;
    for (;;) {
      const status = await twoWorkers.api.ok<{ status: string; progress: number | null }>('GET', `/job/status/${job}`);
      for (const { name, worker_id: worker } of await twoWorkers.children(job)) {
        seen.children.add(name);
        if (worker) seen.workers.add(worker);
      }
      for (const { task_type: type } of await twoWorkers.api.ok<{ task_type: string }[]>('GET', '/job/'))
        listed.add(type);
      if (!['not_started', 'started'].includes(status.status)) break;
      seen.states.add(status.status);
      if (status.progress !== null) progress.push(status.progress);
      const { rows } = await twoWorkers.db.query<{ count: number }>(
        `SELECT count(*)::int FROM metric_point WHERE run_id = $1 AND level = 'trial' AND name = 'LogLoss'`,
        [run],
      );
      trialPoints = Math.max(trialPoints, rows[0]!.count);
      await sleep(20);
    }
    expect(seen.children.size).toBe(11);
    expect(seen.workers.size).toBe(2);
    expect([...seen.states].filter((state) => state !== 'not_started')).toEqual(['started']);
    expect([...listed].sort()).toEqual(['DatasetJob', 'ModelJob']);
    expect(Math.max(...progress)).toBeGreaterThan(40);
    // Live values of trials came before the search was over.
    expect(trialPoints).toBeGreaterThan(3);
    await twoWorkers.isTidy();
  });

  it('is stopped at once with all its trials', async () => {
    const { job, run } = await twoWorkers.search({}, { iterations: SLOW * 20 });
    await twoWorkers.running(job, 2);
    expect((await twoWorkers.api.call('DELETE', `/job/${job}`)).status).toBeLessThan(300);
    expect(await twoWorkers.api.end(job, 5000)).toMatchObject({ status: 'cancelled' });
    await twoWorkers.isTidy();
    expect(await twoWorkers.api.ok('GET', `/run/${run}`)).toMatchObject({ status: 4, run_path: null });
  });

  it('goes with its run', async () => {
    const { job, run } = await twoWorkers.search({}, { iterations: SLOW * 20 });
    await twoWorkers.running(job, 2);
    expect((await twoWorkers.api.call('DELETE', `/run/${run}`)).status).toBe(204);
    await twoWorkers.isTidy();
    expect((await twoWorkers.api.call('GET', `/run/${run}`)).status).toBe(404);
  });

  it('a worker that is killed costs the trials it ran, and nothing else', async () => {
    const expected = await alone.outcome(await alone.search({}, { iterations: SLOW }));
    const search = await twoWorkers.search({}, { iterations: SLOW });
    await twoWorkers.running(search.job, 2);
    const [victim] = twoWorkers.millrace.workers;
    const before = await twoWorkers.children(search.job);
    await victim!.kill();
    const attempts = new Map<string, number>();
    const ended = twoWorkers.outcome(search);
    let over = false;
    void ended.finally(() => (over = true)).catch(() => undefined);
    while (!over) {
      for (const { name, attempt } of await twoWorkers.children(search.job)) attempts.set(name, attempt);
      await sleep(20);
    }
    expect(await ended).toEqual(expected);
    const again = [...attempts].filter(([, attempt]) => attempt > 1).map(([name]) => name);
    const ran = before.filter(({ state }) => state === 'started').map(({ name }) => name);
    expect(again).toHaveLength(1);
    expect(ran).toContain(again[0]);
  });
});
