import { recordSection } from '../record-section.js';

/** What one run of wrk said, and what the API's process used for it. */
export interface ApiMeasurement {
  readonly requestsPerSecond: number;
  readonly p99Ms: number;
  readonly cpuMicrosPerRequest: number;
  readonly errors: number;
}
/** The best round of each target and what else the machine was doing. */
export interface ApiReport {
  readonly node: string;
  readonly connections: number;
  readonly bestOf: number;
  readonly loadAverage: number;
  readonly results: Readonly<Record<string, ApiMeasurement>>;
}

/** Puts the figures into `bench/RESULTS.md`, in place of the former ones. */
export function recordApi(report: ApiReport, markdownFile: string): void {
  const rows = Object.entries(report.results).map(
    ([name, one]) =>
      `| ${name} | ${one.requestsPerSecond} | ${one.p99Ms} | ${one.cpuMicrosPerRequest} | ${one.errors} |`,
  );
  recordSection(markdownFile, 'api', [
    '## The API over HTTP',
    '',
    `Node ${report.node}, one process, \`wrk -t1 -c${report.connections}\` on the same machine, best of ${report.bestOf}; the load average of`,
    `the machine then was ${report.loadAverage}. Guard, validation and log as in service. Requests for the same`,
    'address that come while it is being read share the next query, as those of many open pages do; in the last row no two are alike.',
    'Made by `node dist/bench/api/run.js` after `npm run build` and `npx tsc -p bench`.',
    '',
    '| target | requests/s | p99 ms | CPU µs per request | errors |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ]);
}
