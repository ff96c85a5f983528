import { recordSection } from '../record-section.js';
import type { FillReport } from './fill.js';
import type { ReadTime } from './reads.js';
import type { WriteComparison } from './writes.js';

/** What bench/results/tracking.json holds. */
export interface TrackingReport {
  readonly node: string;
  readonly cores: number;
  readonly loadAverage: { readonly before: number; readonly after: number };
  readonly writes: readonly WriteComparison[];
  readonly reads: readonly ReadTime[];
  readonly lists: readonly ReadTime[];
  /** Of `--points`, a run of its own. */
  readonly fill?: FillReport & { readonly loadAverage: { readonly before: number; readonly after: number } };
}

/** Puts the figures into `bench/RESULTS.md`, in place of the former ones. */
export function recordTracking(report: TrackingReport, markdownFile: string): void {
  recordSection(markdownFile, 'tracking', [
    '## Tracked runs',
    '',
    `Node ${report.node}, ${report.cores} cores for API, Postgres and the load itself; load average ${report.loadAverage.before} before and`,
    `${report.loadAverage.after} after. Made by \`node dist/bench/tracking/run.js\` after \`npm run build\` and \`npx tsc -p bench\`.`,
    '',
    'CPU time is what a load on the machine lengthens least: a core has a million microseconds in a second.',
    '',
    'Four writers over HTTP, each waiting for its commit, beside four connections that put the same points straight into a bare table',
    'with `unnest`: no API, no statistics, no runs. A B B A.',
    '',
    '| a request | points/s | p50 ms | p99 ms | CPU µs a point: API, Postgres | bare `unnest` points/s | its Postgres | ratio | lost |',
    '| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
    ...report.writes.map(
      ({ series, pointsEach, ours, unnest, ratio, lost }) =>
        `| ${series} series × ${pointsEach} | ${ours.pointsPerSecond} | ${ours.requestP50Ms} | ${ours.requestP99Ms} | ${ours.apiCpuMicros}, ${ours.postgresCpuMicros} | ${unnest.pointsPerSecond} | ${unnest.postgresCpuMicros} | ${ratio} | ${lost} |`,
    ),
    '',
    'Reads over HTTP, 200 each after 20 that are not counted, until the last byte:',
    '',
    '| a read | answered | p50 ms | p99 ms | CPU ms |',
    '| --- | --- | --- | --- | --- |',
    ...[...report.reads, ...report.lists].map(
      ({ what, answered, p50Ms, p99Ms, cpuMs }) => `| ${what} | ${answered} | ${p50Ms} | ${p99Ms} | ${cpuMs} |`,
    ),
    ...(report.fill === undefined ? [] : filled(report.fill)),
  ]);
}

function filled(fill: NonNullable<TrackingReport['fill']>): string[] {
  return [
    '',
    `${fill.points.toLocaleString('en')} points in ${fill.series} series, the longest of ${fill.longest.toLocaleString('en')}, stored through the API in ${fill.seconds} s`,
    `(${fill.pointsPerSecond} points/s; CPU µs a point: API ${fill.apiCpuMicros}, Postgres ${fill.postgresCpuMicros}; load average ${fill.loadAverage.before} before, ${fill.loadAverage.after} after):`,
    `${fill.bytesPerPoint} bytes a point on disk, ${fill.levelBytesPerPoint} of them levels. Made with \`--points ${fill.points}\`. Reads, 50 each:`,
    '',
    '| a read | answered | p50 ms | p99 ms | CPU ms |',
    '| --- | --- | --- | --- | --- |',
    ...fill.reads.map(
      ({ what, answered, p50Ms, p99Ms, cpuMs }) => `| ${what} | ${answered} | ${p50Ms} | ${p99Ms} | ${cpuMs} |`,
    ),
  ];
}
