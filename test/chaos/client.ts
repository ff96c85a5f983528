import { setTimeout as sleep } from 'node:timers/promises';

import type { WireJobChanges } from '#contract';
import type { Random } from '#linalg';

import type { House } from './house.js';

type Kind = 'run' | 'dataset';

/** What became of a submission is read from the database; this says what may have become of it. */
export interface Submitted {
  readonly kind: Kind;
  readonly entityId: number;
  readonly mayFail: boolean;
  mayBeCancelled: boolean;
  /** Ids the API answered: accepted for good. */
  readonly accepted: string[];
}

/** A person with a flaky network who submits, cancels and watches. */
export class Client {
  readonly submitted: Submitted[] = [];
  /** Runs among them whose trials are child jobs. */
  searches = 0;
  /** Last status heard of each job. */
  readonly heard = new Map<string, string>();
  private cursor = 'x0';
  private watching = true;
  private readonly watcher: Promise<void>;
  private sessionId = 0;

  constructor(private readonly house: House) {
    this.watcher = this.watch();
  }

  /** The data set and session that every run belongs to. */
  async prepare(): Promise<void> {
    const [dataset] = await this.house.sql<{ id: number }>(
      `INSERT INTO dataset (name, status, file_path) VALUES ('base', 3, 'dataset-00000000-0000-0000-0000-000000000000') RETURNING id`,
    );
    const [session] = await this.house.sql<{ id: number }>(
      `INSERT INTO model_session (dataset_id, name, task_name, input_columns, output_columns, train_metrics, validation_metrics,
         test_metrics, evaluation_strategy, splits)
       VALUES ($1, 'session', 'task', '[]', '[]', '[]', '[]', '[]', 'strategy', '{}') RETURNING id`,
      [dataset!.id],
    );
    this.sessionId = session!.id;
  }

  /** Makes a row and submits its job, again and again until the API says that it has it. */
  async submit(random: Random): Promise<void> {
    const kind: Kind = random.below(3) === 0 ? 'dataset' : 'run';
    const mayFail = random.below(6) === 0;
    const plan = {
      sleepMs: random.below(1500),
      bytes: random.below(2) === 0 ? 1000 : 200_000,
      progress: random.below(5),
      ...(random.below(2) === 0 ? { search: { trials: 1 + random.below(5), sleepMs: random.below(500) } } : {}),
      points: [{ split: 'train', level: 'trial', name: 'Accuracy', step: 1, value: 0.5 }],
      ...(mayFail ? { throw: { code: 'no-rows', values: {} } } : {}),
    };
    const entityId = kind === 'run' ? await this.newRun(JSON.stringify(plan)) : await this.newDataset();
    const entry: Submitted = { kind, entityId, mayFail, mayBeCancelled: false, accepted: [] };
    this.submitted.push(entry);
    if (kind === 'run' && 'search' in plan) this.searches++;
    const kwargs =
      kind === 'run' ? { run_id: entityId } : { dataset_id: entityId, params: { plan: JSON.stringify(plan) } };
    for (let round = 0; round < 100; round++) {
      const form = new FormData();
      form.set('job_type', kind === 'run' ? 'ModelJob' : 'DatasetJob');
      form.set('kwargs', JSON.stringify(kwargs));
      if (kind === 'dataset') form.set('file', new Blob(['a,b\n1,2\n']), 'a.csv');
      const answer = await this.call('POST', '/job/', form);
      if (answer?.status === 201) {
        entry.accepted.push(((await answer.json()) as { id: string }).id);
        return;
      }
      if (answer !== null && answer.status < 500)
        throw new Error(`POST /job/: ${answer.status} ${await answer.text()}`);
      await sleep(200);
    }
    throw new Error('nothing took the job');
  }

  /** Submits one training whose task does what the plan says. */
  async submitPlan(plan: object): Promise<string> {
    const runId = await this.newRun(JSON.stringify(plan));
    const form = new FormData();
    form.set('job_type', 'ModelJob');
    form.set('kwargs', JSON.stringify({ run_id: runId }));
    const answer = await this.call('POST', '/job/', form);
    if (answer?.status !== 201) throw new Error(`POST /job/: ${answer?.status ?? 'no answer'}`);
    return ((await answer.json()) as { id: string }).id;
  }

  async cancel(id: string): Promise<void> {
    await this.call('DELETE', `/job/${id}`);
  }

  /** Cancels one of the newest jobs, whatever state it is in. */
  async cancelOne(random: Random): Promise<void> {
    const entry = this.submitted[this.submitted.length - 1 - random.below(3)];
    const id = entry?.accepted.at(-1);
    if (entry === undefined || id === undefined || this.heard.get(id) === 'finished') return;
    entry.mayBeCancelled = true;
    await this.cancel(id);
  }

  async close(): Promise<void> {
    this.watching = false;
    await this.watcher;
  }

  /** Reads on from the cursor, as a client does that polls. */
  async listen(): Promise<void> {
    const answer = await this.call('GET', `/job/changes?since=${this.cursor}`);
    if (answer?.status !== 200) return;
    const { jobs, cursor } = (await answer.json()) as WireJobChanges;
    this.cursor = cursor;
    for (const { id, status } of jobs) this.heard.set(id, status);
  }

  private async watch(): Promise<void> {
    while (this.watching) {
      await this.listen();
      await sleep(50);
    }
  }

  private async call(method: string, path: string, body?: FormData): Promise<Response | null> {
    const signal = AbortSignal.timeout(15_000);
    return fetch(`${this.house.url}/api/v1${path}`, { method, signal, ...(body === undefined ? {} : { body }) }).catch(
      () => null,
    );
  }

  private async newRun(plan: string): Promise<number> {
    const [row] = await this.house.sql<{ id: number }>(
      `INSERT INTO run (model_session_id, model_name, name, parameters, optimizer_name, optimizer_parameters, goal_metric)
       VALUES ($1, 'SleepModel', 'run', $2, '', '{}', 'Accuracy') RETURNING id`,
      [this.sessionId, JSON.stringify({ plan })],
    );
    return row!.id;
  }

  private async newDataset(): Promise<number> {
    const [row] = await this.house.sql<{ id: number }>(
      `INSERT INTO dataset (name) VALUES ('set ' || gen_random_uuid()) RETURNING id`,
    );
    return row!.id;
  }
}
