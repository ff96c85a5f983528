import { existsSync, readFileSync, writeFileSync } from 'node:fs';

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
}

const [begin, end] = ['<!-- tracking: begin -->', '<!-- tracking: end -->'];

/** Puts the figures into `bench/RESULTS.md`, in place of the former ones. */
export function recordTracking(report: TrackingReport, markdownFile: string): void {
  const section = [
    begin,
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
    'Reads over HTTP, 50 each:',
    '',
    '| a read | answered | p50 ms | p99 ms | CPU ms |',
    '| --- | --- | --- | --- | --- |',
    ...[...report.reads, ...report.lists].map(
      ({ what, answered, p50Ms, p99Ms, cpuMs }) => `| ${what} | ${answered} | ${p50Ms} | ${p99Ms} | ${cpuMs} |`,
    ),
    end,
  ].join('\n');
  const text = existsSync(markdownFile) ? readFileSync(markdownFile, 'utf8') : '# Benchmarks\n';
  const [before, rest] = text.split(begin);
  const after = rest === undefined ? '' : rest.split(end)[1]!;
  writeFileSync(markdownFile, `${before!.trimEnd()}\n\n${section}\n${after.trimStart()}`);
}
