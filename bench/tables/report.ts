import { recordSection } from '../record-section.js';

/** Milliseconds of one kind of request: wall and CPU of all threads, median and 99th percentile. */
interface Spread {
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuP50Ms: number;
  readonly cpuP99Ms: number;
}
interface Side {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMib: number;
}
/** What bench/results/tables.json holds; a part that was never measured is absent. */
interface TablesReport {
  readonly ingest?: {
    readonly megabytes: number;
    readonly ratio: number;
    readonly megabytesPerSecond: number;
    readonly loadAverage: number;
    readonly ours: Side;
    readonly duckdbCopy: Side;
  };
  readonly grid?: Readonly<Record<(typeof KINDS)[number][0], Spread>> & {
    readonly copy: { readonly seconds: number; readonly cpuSeconds: number; readonly mib: number };
    readonly grownMib: number;
    readonly readFrameMsPerMillion: number;
    readonly loadAverage: number;
  };
}

const KINDS = [
  ['jump', 'a jump to any page', '30'],
  ['filter', 'a filter', '400'],
  ['firstSorted', 'first page of a sort', '400'],
  ['deepFirst', 'deep page of a sort, the first time', '2000'],
  ['deepUncopied', 'the same sort after, from the table', '–'],
  ['deepAfter', 'the same sort after, from the copy, 50 rows a page', '30'],
  ['deepTen', 'the same sort after, from the copy, 10 rows a page', '30'],
  ['jumpAfter', 'a jump to any page, from the copy', '30'],
] as const;

function gridLines(grid: NonNullable<TablesReport['grid']>): string[] {
  const lines = KINDS.map(([key, label, target]) => {
    const { p50Ms, p99Ms, cpuP50Ms, cpuP99Ms } = grid[key];
    return `| ${[label, target, p50Ms, p99Ms, cpuP50Ms, cpuP99Ms].join(' | ')} |`;
  });
  return [
    '',
    `The grid over 10 million rows × 20 columns, two threads, load average ${grid.loadAverage}, in ms. The targets are wall time on a`,
    'quiet machine of two cores; CPU time is of all threads together and what a load lengthens least.',
    '',
    '| request | target | p50 | p99 | CPU p50 | CPU p99 |',
    '| --- | --- | --- | --- | --- | --- |',
    ...lines,
    '',
    `The copy by rows, made behind the requests once somebody looks beyond the head: ${grid.copy.mib} MiB in ${grid.copy.seconds.toFixed(0)} s`,
    `(${grid.copy.cpuSeconds.toFixed(0)} s of CPU). The process grew by ${grid.grownMib} MiB; reading a column takes ${grid.readFrameMsPerMillion} ms a million rows.`,
  ];
}

function ingestLines({ ours, duckdbCopy: peer, ...ingest }: NonNullable<TablesReport['ingest']>): string[] {
  return [
    '',
    `Reading a CSV file of ${ingest.megabytes.toFixed(0)} MB: ${ours.seconds.toFixed(1)} s (${ours.cpuSeconds.toFixed(1)} s CPU, ${ours.peakMib} MiB), DuckDB's own COPY`,
    `${peer.seconds.toFixed(1)} s (${peer.cpuSeconds.toFixed(1)} s CPU, ${peer.peakMib} MiB): ratio ${ingest.ratio.toFixed(2)} wall, ${(ours.cpuSeconds / peer.cpuSeconds).toFixed(2)} CPU, load average ${ingest.loadAverage}.`,
  ];
}

/** Puts the figures into the Markdown file, in place of the former ones. */
export function writeSection({ ingest, grid }: TablesReport, markdownFile: string): void {
  recordSection(markdownFile, 'tables', [
    '## Tables',
    '',
    'Made by `node dist/bench/tables/run.js` after `npx tsc -p bench`.',
    ...(ingest ? ingestLines(ingest) : []),
    ...(grid ? gridLines(grid) : []),
  ]);
}
