import pg from 'pg';

import { ask, openRun, percentile } from './ask.js';
import type { CpuMeter } from '../cpu.js';

/** What four writers got done. */
export interface WriteRate {
  readonly pointsPerSecond: number;
  readonly requestP50Ms: number;
  readonly requestP99Ms: number;
  /** Microseconds of CPU per point, of the API and of Postgres: what other work on the machine lengthens least. */
  readonly apiCpuMicros: number;
  readonly postgresCpuMicros: number;
}
/** One shape of requests: our API, a peer that writes the same straight into a bare table, and their ratio. */
export interface WriteComparison {
  readonly series: number;
  readonly pointsEach: number;
  readonly ours: WriteRate;
  readonly unnest: WriteRate;
  readonly ratio: number;
  /** Acknowledged points that are not there. */
  readonly lost: number;
}

const WRITERS = 4;
const SHAPES = [
  { series: 20, pointsEach: 500 },
  { series: 20, pointsEach: 100 },
  { series: 50, pointsEach: 10 },
] as const;

/** Both sides of each shape, in the order A B B A. */
export async function measureWrites(
  base: string,
  databaseUrl: string,
  ms: number,
  cpu: CpuMeter,
): Promise<WriteComparison[]> {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: WRITERS });
  const results: WriteComparison[] = [];
  for (const shape of SHAPES) {
    await pool.query('DROP TABLE IF EXISTS peer');
    await pool.query(
      'CREATE TABLE peer (series_id int, x bigint, value float8, epoch int, ts bigint, PRIMARY KEY (series_id, x))',
    );
    const sums = { ours: 0, stored: 0 };
    const sides: Record<'ours' | 'unnest', WriteRate[]> = { ours: [], unnest: [] };
    for (const side of ['ours', 'unnest', 'unnest', 'ours'] as const) {
      const round =
        side === 'ours'
          ? await throughApi(base, shape, { ms: ms / 2, cpu }, sums)
          : await throughPool(pool, shape, { ms: ms / 2, cpu });
      sides[side].push(round);
    }
    const [ours, unnest] = [mean(sides.ours), mean(sides.unnest)];
    const ratio = Math.round((ours.pointsPerSecond / unnest.pointsPerSecond) * 100) / 100;
    results.push({ ...shape, ours, unnest, ratio, lost: sums.ours - sums.stored });
    process.stdout.write(`${JSON.stringify(results.at(-1))}\n`);
  }
  await pool.query('DROP TABLE peer');
  await pool.end();
  return results;
}

const mean = (rates: readonly WriteRate[]): WriteRate => {
  const of = (key: keyof WriteRate): number => rates.reduce((sum, rate) => sum + rate[key], 0) / rates.length;
  return {
    pointsPerSecond: Math.round(of('pointsPerSecond')),
    requestP50Ms: Math.round(of('requestP50Ms') * 10) / 10,
    requestP99Ms: Math.round(of('requestP99Ms') * 10) / 10,
    apiCpuMicros: Math.round(of('apiCpuMicros') * 100) / 100,
    postgresCpuMicros: Math.round(of('postgresCpuMicros') * 100) / 100,
  };
};

interface Trial {
  readonly ms: number;
  readonly cpu: CpuMeter;
}
interface Shape {
  readonly series: number;
  readonly pointsEach: number;
}

/** Runs the writers until the time is up; each waits for its answer before it goes on. */
async function drive(
  { ms, cpu }: Trial,
  points: number,
  write: (writer: number, round: number) => Promise<void>,
): Promise<WriteRate> {
  const took: number[] = [];
  const before = cpu();
  const start = performance.now();
  await Promise.all(
    Array.from({ length: WRITERS }, async (_, writer) => {
      for (let round = 0; performance.now() - start < ms; round++) {
        const began = performance.now();
        await write(writer, round);
        took.push(performance.now() - began);
      }
    }),
  );
  const seconds = (performance.now() - start) / 1000;
  const after = cpu();
  return {
    pointsPerSecond: Math.round((took.length * points) / seconds),
    requestP50Ms: percentile(took, 50),
    requestP99Ms: percentile(took, 99),
    apiCpuMicros: ((after.api - before.api) / (took.length * points)) * 1e6,
    postgresCpuMicros: ((after.postgres - before.postgres) / (took.length * points)) * 1e6,
  };
}

/** Values of one series of one request, as different as a curve's are. */
const curve = (count: number, seed: number): number[] =>
  Array.from({ length: count }, (_, at) => Math.exp(-at / count) + Math.sin(seed * 97 + at) / 10);

async function throughApi(
  base: string,
  { series, pointsEach }: Shape,
  trial: Trial,
  sums: { ours: number; stored: number },
): Promise<WriteRate> {
  const runs = await Promise.all(Array.from({ length: WRITERS }, (_, writer) => openRun(base, `writer ${writer}`)));
  const texts = Array.from({ length: series }, (_, at) => JSON.stringify(curve(pointsEach, at)));
  const rate = await drive(trial, series * pointsEach, async (writer, round) => {
    const xs = JSON.stringify(Array.from({ length: pointsEach }, (_, at) => round * pointsEach + at));
    const body = `{"series":[${texts.map((values, at) => `{"name":"s${at}","xs":${xs},"values":${values}}`).join(',')}]}`;
    const { added } = await ask<{ added: number }>(`${base}/tracked-run/${runs[writer]}/points`, body);
    sums.ours += added;
  });
  for (const run of runs) {
    const list = await ask<{ id: number; count: number }[]>(`${base}/tracked-run/${run}/series`);
    sums.stored += list.reduce((sum, { count }) => sum + count, 0);
  }
  return rate;
}

let nextSeries = 0;
/** What a program could do at best that puts the same points into a bare table, with no API, no statistics and no runs. */
async function throughPool(pool: pg.Pool, { series, pointsEach }: Shape, trial: Trial): Promise<WriteRate> {
  const first = nextSeries;
  nextSeries += WRITERS * series;
  const curves = Array.from({ length: series }, (_, at) => curve(pointsEach, at));
  const literal = (values: readonly (number | string)[]): string => `{${values.join(',')}}`;
  const values = literal(curves.flat());
  const count = series * pointsEach;
  return drive(trial, count, async (writer, round) => {
    const ids = curves.flatMap((own, at) => own.map(() => first + writer * series + at));
    const xs = curves.flatMap((own) => own.map((_, at) => round * pointsEach + at));
    await pool.query({
      name: 'peer',
      text: `INSERT INTO peer SELECT * FROM unnest($1::int[], $2::bigint[], $3::float8[], $4::int[], $5::bigint[])
             ON CONFLICT (series_id, x) DO UPDATE SET value = excluded.value`,
      values: [
        literal(ids),
        literal(xs),
        values,
        literal(ids.map(() => 'NULL')),
        literal(ids.map(() => Date.now() * 1000)),
      ],
    });
  });
}
