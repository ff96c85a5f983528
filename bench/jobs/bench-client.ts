import { setTimeout as sleep } from 'node:timers/promises';

import { Pool } from 'undici';

import type { WireJobEvent } from '#contract';

import type { House } from '../../test/chaos/house.js';
import { exchange, listen } from './exchange.js';

/** Middle and tail of some measurements, in milliseconds. */
export interface Spread {
  readonly count: number;
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number): number =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN) * 10) / 10;
  return { count: sorted.length, p50: at(0.5), p99: at(0.99), max: at(1) };
}

/**
 * A client with one open stream of events; remembers when it first saw each state of each job. It shares the machine with
 * what it measures, so it is light: no `fetch`, no streams around what comes, and nothing runs while it waits.
 */
export class BenchClient {
  private readonly seen = new Map<string, number>();
  private readonly decoder = new TextDecoder();
  private readonly http: Pool;
  private text = '';
  private waiting: (() => void)[] = [];
  private sessionId = 0;

  constructor(private readonly house: House) {
    this.http = new Pool(house.url, { bodyTimeout: 0, headersTimeout: 0 });
  }

  async open(): Promise<void> {
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
    await listen(this.http, '/api/v1/job/events', (chunk) => this.read(chunk));
  }

  /** A run whose task does what the plan says; its row is made before the clock starts. */
  async newRun(plan: object): Promise<number> {
    const [row] = await this.house.sql<{ id: number }>(
      `INSERT INTO run (model_session_id, model_name, name, parameters, optimizer_name, optimizer_parameters, goal_metric)
       VALUES ($1, 'SleepModel', 'run', $2, '', '{}', 'Accuracy') RETURNING id`,
      [this.sessionId, JSON.stringify({ plan: JSON.stringify(plan) })],
    );
    return row!.id;
  }

  /** Submits as the browser does; answers the id and when the request was sent. */
  async submit(runId: number): Promise<{ id: string; sentAt: number }> {
    const form = new URLSearchParams({ job_type: 'ModelJob', kwargs: JSON.stringify({ run_id: runId }) });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const sentAt = performance.now();
    const { status, text } = await exchange(this.http, {
      method: 'POST',
      path: '/api/v1/job/',
      headers,
      body: form.toString(),
    });
    if (status !== 201) throw new Error(`POST /job/: ${status} ${text}`);
    return { id: (JSON.parse(text) as { id: string }).id, sentAt };
  }

  async cancel(id: string): Promise<void> {
    await exchange(this.http, { method: 'DELETE', path: `/api/v1/job/${id}` });
  }

  /** When this client first saw the job in one of the states. */
  async when(id: string, states: readonly string[], timeoutMs = 60_000): Promise<number> {
    const late = performance.now() + timeoutMs;
    for (;;) {
      for (const state of states) {
        const time = this.seen.get(`${id} ${state}`);
        if (time !== undefined) return time;
      }
      if (performance.now() > late) throw new Error(`job ${id} was never ${states.join(' or ')}`);
      await Promise.race([new Promise<void>((resolve) => this.waiting.push(resolve)), sleep(1000)]);
    }
  }

  close(): void {
    void this.http.destroy();
  }

  private read(chunk: Uint8Array): void {
    const now = performance.now();
    const events = (this.text + this.decoder.decode(chunk, { stream: true })).split('\n\n');
    this.text = events.pop() ?? '';
    for (const event of events) {
      const data = /^data: (.*)$/m.exec(event)?.[1];
      if (data === undefined) continue;
      for (const { id, status } of (JSON.parse(data) as WireJobEvent).jobs) {
        const key = `${id} ${status}`;
        if (!this.seen.has(key)) this.seen.set(key, now);
      }
    }
    for (const wake of this.waiting.splice(0)) wake();
  }
}
