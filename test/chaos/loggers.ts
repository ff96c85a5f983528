import { setTimeout as sleep } from 'node:timers/promises';

import type { House } from './house.js';

const WRITERS = 4;
const POINTS = 40;

/** Training scripts on a flaky network: they log what they know, and hold the API to what it acknowledged. */
export class Loggers {
  private readonly writers: { runId: number; nextX: number; readonly acknowledged: Map<number, number> }[] = [];
  private running = false;
  private work: Promise<void>[] = [];

  constructor(private readonly house: Pick<House, 'url'>) {}

  /** Opens the runs, once the API answers. */
  async prepare(): Promise<void> {
    for (let writer = 0; writer < WRITERS; writer++) {
      const run = await this.untilAnswered('/tracked-run/', { name: `writer ${writer}`, ext_id: `chaos-${writer}` });
      this.writers.push({ runId: (run as { id: number }).id, nextX: 0, acknowledged: new Map() });
    }
  }

  start(): void {
    this.running = true;
    this.work = this.writers.map((writer) => this.log(writer));
  }
  async stop(): Promise<void> {
    this.running = false;
    await Promise.all(this.work);
  }

  /** How many points were acknowledged so far. */
  get acknowledged(): number {
    return this.writers.reduce((sum, { acknowledged }) => sum + acknowledged.size, 0);
  }

  /** Every acknowledged point that is not there, or is not what it was; statistics that do not agree with the points. */
  async broken(): Promise<string[]> {
    const broken: string[] = [];
    for (const { runId, acknowledged } of this.writers) {
      if (acknowledged.size === 0) continue;
      const base = `${this.house.url}/api/v1/tracked-run/${runId}/series`;
      const series = (await (await fetch(base)).json()) as { id: number; count: number }[];
      const text = await (await fetch(`${base}/${series[0]!.id}/csv`)).text();
      const rows = text.trim().split('\n').slice(1).map((row) => row.split(',').map(Number)); // prettier-ignore
      const stored = new Map(rows.map(([x, value]) => [x!, value!]));
      const lost = [...acknowledged].filter(([x, value]) => stored.get(x) !== value);
      if (lost.length > 0)
        broken.push(`run ${runId}: ${lost.length} acknowledged points are lost, the first x = ${lost[0]![0]}`);
      if (series[0]!.count !== stored.size)
        broken.push(`run ${runId}: counts ${series[0]!.count} of ${stored.size} points`);
    }
    return broken;
  }

  /** A batch that was not acknowledged may be there or not; the next one has points of its own. */
  private async log(writer: Loggers['writers'][number]): Promise<void> {
    while (this.running) {
      const xs = Array.from({ length: POINTS + (writer.nextX % 60) }, (_, at) => writer.nextX + at);
      writer.nextX += xs.length;
      const values = xs.map((x) => Math.sin(x) + writer.runId);
      const answer = await this.post(`/tracked-run/${writer.runId}/points`, { series: [{ name: 'loss', xs, values }] });
      if (answer?.status === 200) for (const [at, x] of xs.entries()) writer.acknowledged.set(x, values[at]!);
      else if (answer !== null && answer.status < 500)
        throw new Error(`points: ${answer.status} ${await answer.text()}`);
      else await sleep(50);
    }
  }

  private async untilAnswered(path: string, body: object): Promise<unknown> {
    for (let tries = 0; tries < 100; tries++) {
      const answer = await this.post(path, body);
      if (answer?.ok === true) return answer.json();
      await sleep(200);
    }
    throw new Error(`${path} was never answered`);
  }

  private post(path: string, body: object): Promise<Response | null> {
    return fetch(`${this.house.url}/api/v1${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(15_000),
    }).catch(() => null);
  }
}
