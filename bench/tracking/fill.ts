import pg from 'pg';

import { ask, openRun } from './ask.js';
import type { CpuMeter } from '../cpu.js';
import { type ReadTime, time } from './reads.js';

/** What storing very many points took, and reading them afterwards. */
export interface FillReport {
  readonly points: number;
  readonly series: number;
  readonly longest: number;
  readonly seconds: number;
  readonly pointsPerSecond: number;
  readonly apiCpuMicros: number;
  readonly postgresCpuMicros: number;
  /** Of the tables of points, chunks and levels with their indices. */
  readonly bytesPerPoint: number;
  readonly levelBytesPerPoint: number;
  readonly reads: readonly ReadTime[];
}

const REQUEST = 20_000;
const WRITERS = 4;

/**
 * Stores so many points through the API: half of them in one series, the rest in ten of equal length; then draws charts of them. The times
 * of reads are of a machine that may still write its pages out.
 */
export async function measureFill(
  base: string,
  databaseUrl: string,
  points: number,
  cpu: CpuMeter,
): Promise<FillReport> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const size = async (pattern: string): Promise<number> => {
    const { rows } = await client.query<{ size: number }>(
      `SELECT sum(pg_total_relation_size(oid))::float8 AS size FROM pg_class WHERE relkind = 'r' AND relname LIKE $1`,
      [pattern],
    );
    return rows[0]!.size;
  };
  const all = async (): Promise<number> =>
    (await size('tracked_point%')) + (await size('tracked_chunk')) + (await size('tracked_level'));
  const run = await openRun(base, 'hundred million');
  const lengths = [points / 2, ...Array.from({ length: 10 }, () => points / 20)];
  const [sizeBefore, levelBefore] = [await all(), await size('tracked_level')];
  const before = cpu();
  const start = performance.now();
  // The long series is one writer's own, as a training's is; the others share the rest.
  const jobs = [lengths.slice(0, 1), ...Array.from({ length: WRITERS - 1 }, (_, at) => lengths.slice(1).filter((_, place) => place % (WRITERS - 1) === at))]; // prettier-ignore
  let name = 0;
  const named = jobs.map((own) => own.map((length) => ({ length, name: `s${name++}` })));
  const fill = async (length: number, series: string): Promise<void> => {
    for (let at = 0; at < length; at += REQUEST) {
      const xs = Array.from({ length: Math.min(REQUEST, length - at) }, (_, place) => at + place);
      const values = xs.map((x) => Math.fround(Math.sin(x / 100_000) + Math.sin(x * 12.9898) / 3));
      await ask(`${base}/tracked-run/${run}/points`, JSON.stringify({ series: [{ name: series, xs, values }] }));
    }
  };
  await Promise.all(
    named.map(async (own) => {
      for (const one of own) await fill(one.length, one.name);
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  const after = cpu();
  const [sizeAfter, levelAfter] = [await all(), await size('tracked_level')];
  await client.end();
  const list = await ask<{ id: number; name: string; count: number }[]>(`${base}/tracked-run/${run}/series`);
  const stored = list.reduce((sum, { count }) => sum + count, 0);
  if (stored !== points) throw new Error(`${stored} of ${points} points are there`);
  const chart = (series: string, query = ''): string =>
    `${base}/tracked-run/${run}/series/${list.find((one) => one.name === series)!.id}/points?count=2000${query}`;
  const longest = lengths[0]!;
  const [from, to] = [Math.floor(longest / 3) + 123, Math.floor(longest / 2) + 456];
  const words = (n: number): string => n.toLocaleString('en');
  return {
    points,
    series: list.length,
    longest,
    seconds: Math.round(seconds),
    pointsPerSecond: Math.round(points / seconds),
    apiCpuMicros: Math.round(((after.api - before.api) / points) * 1e8) / 100,
    postgresCpuMicros: Math.round(((after.postgres - before.postgres) / points) * 1e8) / 100,
    bytesPerPoint: Math.round(((sizeAfter - sizeBefore) / points) * 100) / 100,
    levelBytesPerPoint: Math.round(((levelAfter - levelBefore) / points) * 100) / 100,
    reads: [
      await time(cpu, `${words(longest)} points to 2,000`, longest, chart('s0')),
      await time(cpu, `${words(to - from)} of them to 2,000`, to - from, chart('s0', `&from_x=${from}&to_x=${to}`)),
      await time(cpu, `their last 100,000 to 2,000`, 100_000, chart('s0', `&from_x=${longest - 100_000}`)),
      await time(cpu, `${words(points / 20)} points of another series to 2,000`, points / 20, chart('s1')),
    ],
  };
}
