// Measures reading a CSV file beside DuckDB's own COPY (order A B B A), and the grid over 10 million rows × 20 columns:
//   npx tsc -p bench && node dist/bench/tables/run.js [--rows 3400000] [--folder <scratch folder to keep>] [--only ingest|grid]
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { writeCsv } from './data.js';
import { writeSection } from './report.js';

const { values } = parseArgs({
  options: { rows: { type: 'string', default: '3400000' }, folder: { type: 'string' }, only: { type: 'string' } },
});
const results = 'bench/results/tables.json';
const folder = values.folder ?? mkdtempSync(join(tmpdir(), 'millrace-bench-'));
mkdirSync(folder, { recursive: true });

interface Timed {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMib: number;
}
function measure(what: string, source = ''): unknown {
  const args = [join(import.meta.dirname, 'measure.js'), what, folder, source];
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }));
}
const least = (a: Timed, b: Timed): Timed => ({
  seconds: Math.min(a.seconds, b.seconds),
  cpuSeconds: Math.min(a.cpuSeconds, b.cpuSeconds),
  peakMib: Math.min(a.peakMib, b.peakMib),
});

const report: Record<string, unknown> = existsSync(results)
  ? (JSON.parse(readFileSync(results, 'utf8')) as Record<string, unknown>)
  : {};
try {
  if (values.only !== 'grid') {
    const csv = await writeCsv(folder, Number(values.rows));
    const [a, b, c, d] = ['ingest', 'duckdb', 'duckdb', 'ingest'].map((what) => measure(what, csv) as Timed);
    const [ours, peer] = [least(a!, d!), least(b!, c!)];
    const megabytes = statSync(csv).size / 1e6;
    report['ingest'] = {
      megabytes,
      rows: Number(values.rows),
      ours,
      duckdbCopy: peer,
      ratio: ours.seconds / peer.seconds,
      megabytesPerSecond: megabytes / ours.seconds,
      loadAverage: loadavg()[0],
    };
  }
  if (values.only !== 'ingest') report['grid'] = { ...(measure('grid') as object), loadAverage: loadavg()[0] };
  mkdirSync('bench/results', { recursive: true });
  writeFileSync(results, `${JSON.stringify({ node: process.version, ...report }, null, 2)}\n`);
  writeSection(report, 'bench/RESULTS.md');
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
} finally {
  if (!values.folder) rmSync(folder, { recursive: true, force: true });
}
