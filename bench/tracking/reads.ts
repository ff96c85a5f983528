import pg from 'pg';

import { ask, openRun, percentile } from './ask.js';
import type { CpuMeter } from '../cpu.js';

/** Milliseconds of one kind of read, over HTTP. */
export interface ReadTime {
  readonly what: string;
  readonly points: number;
  readonly answered: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  /** Milliseconds of CPU per read, of API and Postgres together. */
  readonly cpuMs: number;
}

/** The p99 of fewer would be their longest. */
const REPEATS = 200;
/** Reads before those: what a server compiles once is no part of each. */
const WARM_UP = 20;
const REQUEST = 20_000;

/** A chart of a million points, whole, in part, and while new ones come in. */
export async function measureReads(base: string, cpu: CpuMeter): Promise<ReadTime[]> {
  const run = await openRun(base, 'long');
  const million = 1_000_000;
  const fill = async (name: string, count: number): Promise<number> => {
    for (let at = 0; at < count; at += REQUEST) {
      const xs = Array.from({ length: Math.min(REQUEST, count - at) }, (_, place) => at + place);
      const values = xs.map((x) => Math.sin(x / 10_000) + Math.sin(x * 12.9898) / 3);
      await ask(`${base}/tracked-run/${run}/points`, JSON.stringify({ series: [{ name, xs, values }] }));
    }
    const list = await ask<{ id: number; name: string }[]>(`${base}/tracked-run/${run}/series`);
    return list.find((series) => series.name === name)!.id;
  };
  const long = await fill('million', million);
  const chart = (series: number, query: string): string =>
    `${base}/tracked-run/${run}/series/${series}/points?count=2000${query}`;
  const results = [
    await time(cpu, '1 M points to 2,000', million, chart(long, '')),
    await time(cpu, '200,000 of them to 2,000', 200_000, chart(long, '&from_x=400000&to_x=599999')),
    await time(cpu, '5,000 of them to 2,000', 5000, chart(long, '&from_x=500500&to_x=505499')),
    await time(cpu, '3 M points to 2,000', 3 * million, chart(await fill('three million', 3 * million), '')),
  ];
  for (let at = 0; at < 500; at++)
    await ask(`${base}/tracked-run/${run}/points`, JSON.stringify({ series: [{ name: 'million', values: [0, 1] }] }));
  results.push(await time(cpu, '1 M points and 1,000 that just came, to 2,000', million + 1000, chart(long, '')));
  return results;
}

/**
 * Two hundred reads of one address, each until its last byte. Only the last is parsed: what the client makes of an answer, and
 * its collecting of garbage on the same cores, is no work of the server's.
 */
export async function time(cpu: CpuMeter, what: string, points: number, url: string): Promise<ReadTime> {
  const took: number[] = [];
  let last = new ArrayBuffer();
  for (let at = 0; at < WARM_UP; at++) await (await fetch(url)).arrayBuffer();
  const before = cpu();
  for (let at = 0; at < REPEATS; at++) {
    const start = performance.now();
    const answer = await fetch(url);
    last = await answer.arrayBuffer();
    took.push(performance.now() - start);
    if (!answer.ok) throw new Error(`${url}: ${answer.status}`);
  }
  const after = cpu();
  const { xs, runs } = JSON.parse(new TextDecoder().decode(last)) as { xs?: unknown[]; runs?: unknown[] };
  const answered = (xs ?? runs ?? []).length;
  const used = after.api - before.api + after.postgres - before.postgres;
  const cpuMs = Math.round((used / REPEATS) * 10_000) / 10;
  return { what, points, answered, p50Ms: percentile(took, 50), p99Ms: percentile(took, 99), cpuMs };
}

/** Ten thousand runs with parameters and tags, listed and searched. */
export async function measureLists(base: string, databaseUrl: string, cpu: CpuMeter): Promise<ReadTime[]> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ id: number }>(
    `INSERT INTO tracked_project (namespace, slug, name) VALUES ('bench', 'lists', 'lists') RETURNING id`,
  );
  const project = rows[0]!.id;
  await client.query(
    `INSERT INTO tracked_run (project_id, source, ext_id, name, params, tags, started_at)
     SELECT $1, 'api', 'run-' || n, 'run ' || n, jsonb_build_object('lr', random(), 'layers', n % 7, 'optimizer', 'adam'),
       ARRAY['tag' || n % 20], now() - make_interval(secs => n) FROM generate_series(1, 10000) n`,
    [project],
  );
  await client.query('ANALYZE tracked_run');
  await client.end();
  const list = `${base}/tracked-run/?project_id=${project}`;
  return [
    await time(cpu, 'all 10,000 runs in one list', 10_000, `${list}&limit=10000`),
    await time(cpu, 'the first 100 of 10,000', 10_000, `${list}&limit=100`),
    await time(cpu, 'the last 100 of 10,000', 10_000, `${list}&limit=100&offset=9900`),
    await time(cpu, 'a search among 10,000', 10_000, `${list}&limit=100&search=99`),
  ];
}
