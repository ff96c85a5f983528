// One measurement in a process of its own; the parent is run.ts. Prints JSON.
import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { DuckDBInstance } from '@duckdb/node-api';

import { CsvReadPlan } from '#contract';
import { openTables, type Tables, type TablesSettings } from '#tables';

import { gridRows, writeGrid } from './data.js';

const [what = '', folder = '', source = ''] = process.argv.slice(2);
const MIB = 1024 * 1024;

const open = (more: Partial<TablesSettings> = {}) =>
  openTables({
    directories: [folder],
    tempDirectory: join(folder, 'temp'),
    memoryLimitBytes: 512 * MIB,
    threads: 2,
    ...more,
  });
const seconds = async (work: () => Promise<unknown>): Promise<number> => {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
};
/** Wall time and, because other work on the machine lengthens only that, CPU time of all threads. */
interface Took {
  readonly wall: number;
  readonly cpu: number;
}
const took = async (work: () => Promise<unknown>): Promise<Took> => {
  const before = process.cpuUsage();
  const wall = await seconds(work);
  const { user, system } = process.cpuUsage(before);
  return { wall: wall * 1000, cpu: (user + system) / 1000 };
};
const quantile = (times: readonly number[], p: number) =>
  Math.round([...times].sort((a, b) => a - b)[Math.floor(times.length * p)]! * 10) / 10;
const spread = (times: readonly Took[]) => ({
  p50Ms: quantile(
    times.map(({ wall }) => wall),
    0.5,
  ),
  p99Ms: quantile(
    times.map(({ wall }) => wall),
    0.99,
  ),
  cpuP50Ms: quantile(
    times.map(({ cpu }) => cpu),
    0.5,
  ),
  cpuP99Ms: quantile(
    times.map(({ cpu }) => cpu),
    0.99,
  ),
});

async function ingest(): Promise<object> {
  const tables = await open();
  const target = join(folder, 'ingested');
  const wall = await seconds(() => tables.ingest({ source, plan: CsvReadPlan.parse({}), target }));
  await tables.close();
  rmSync(target, { recursive: true });
  return { seconds: wall };
}

async function duckdb(): Promise<object> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '512MiB' });
  const connection = await instance.connect();
  const target = join(folder, 'plain.parquet');
  const wall = await seconds(() =>
    connection.run(
      `COPY (FROM read_csv('${source}', sample_size = -1)) TO '${target}' (FORMAT parquet, COMPRESSION lz4_raw)`,
    ),
  );
  rmSync(target);
  return { seconds: wall };
}

/** Random positions, the same in every run. */
function jumps(count: number, limit: number): number[] {
  let state = 7;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  });
}

/** Pages read from the table itself, then those read from its copy by rows. */
async function grid(): Promise<object> {
  const plain = await open({ copyCacheBytes: 0 });
  const table = await writeGrid(plain, folder);
  const before = process.memoryUsage().rss;
  await plain.page(table, { offset: 0, limit: 50 });
  const jump = await each(jumps(1000, gridRows - 50), (offset) => plain.page(table, { offset, limit: 50 }));
  const filter = await each([1, 2, 3], (index) => firstFilter(plain, table, index));
  const firstSorted = await each([1, 2, 3], (index) => sorted(plain, table, index, 0, 50));
  const deepFirst = await each([4, 5], (index) => sorted(plain, table, index, 100_000, 50));
  const deepUncopied = await each(jumps(50, gridRows / 50), (page) => sorted(plain, table, 4, page, 50));
  await plain.close();
  const tables = await open();
  await sorted(tables, table, 4, 100_000, 50);
  const copy = await took(() => copied());
  const deepAfter = await each(jumps(100, gridRows / 50), (page) => sorted(tables, table, 4, page, 50));
  const deepTen = await each(jumps(100, gridRows / 10), (page) => sorted(tables, table, 4, page, 10));
  const jumpAfter = await each(jumps(1000, gridRows - 50), (offset) => tables.page(table, { offset, limit: 50 }));
  const grown = Math.round((process.memoryUsage().rss - before) / MIB);
  const column = await seconds(() => tables.readFrame(table, { columns: ['column 7'] }));
  const copyMib = Math.round(copyFiles().reduce((sum, path) => sum + statSync(path).size, 0) / MIB);
  await tables.close();
  return {
    jump,
    filter,
    firstSorted,
    deepFirst,
    deepUncopied,
    deepAfter,
    deepTen,
    jumpAfter,
    copy: { seconds: copy.wall / 1000, cpuSeconds: copy.cpu / 1000, mib: copyMib },
    grownMib: grown,
    readFrameMsPerMillion: Math.round((column * 1e9) / gridRows),
  };
}

const copyFiles = (): string[] =>
  readdirSync(join(folder, 'temp'), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(records|texts)$/.test(name))
    .map((name) => join(folder, 'temp', name));

/** Waits for the copy by rows: a record of 14 numbers and a position for each row, and one position more. */
async function copied(): Promise<void> {
  const whole = (gridRows * 15 + 1) * Float64Array.BYTES_PER_ELEMENT;
  const isWhole = () => copyFiles().some((path) => path.endsWith('.records') && statSync(path).size === whole);
  for (let waited = 0; !isWhole(); waited++) {
    if (waited > 6000) throw new Error('no copy was made');
    await sleep(50);
  }
}

const each = async (inputs: readonly number[], work: (input: number) => Promise<unknown>) => {
  const times: Took[] = [];
  for (const input of inputs) times.push(await took(() => work(input)));
  return spread(times);
};
const firstFilter = (tables: Tables, table: string, index: number) =>
  tables.filterPage(table, {
    filter: { items: [{ field: `column ${index}`, operator: 'lessThan', value: 10 }] },
    page: 0,
    pageSize: 50,
  });
const sorted = (tables: Tables, table: string, index: number, page: number, pageSize: number) =>
  tables.filterPage(table, { sort: [{ id: `column ${index}`, desc: false }], page, pageSize });

const work = { ingest, duckdb, grid }[what];
if (!work) throw new Error(`no measurement ${what}`);
const result = await work();
const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
process.stdout.write(
  JSON.stringify({ ...result, cpuSeconds: (userCPUTime + systemCPUTime) / 1e6, peakMib: Math.round(maxRSS / 1024) }),
);
