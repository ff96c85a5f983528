// Measures the store of tracked runs over HTTP: points per second with four writers, a chart of a million points, lists of ten thousand runs.
//   npx tsc -p bench && node dist/bench/tracking/run.js [--seconds 10] [--points 1e8]
// With --points only that many points are stored, in a few series, and read; the figures of the rest stay.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { root, serveApi } from '../served-api.js';
import { cpuMeter } from '../cpu.js';
import { measureFill } from './fill.js';
import { measureLists, measureReads } from './reads.js';
import { measureWrites } from './writes.js';
import { recordTracking, type TrackingReport } from './report.js';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '10' }, points: { type: 'string' } } });
const api = await serveApi();
try {
  const base = `${api.url}/api/v1`;
  const load = (): number => Number(readFileSync('/proc/loadavg', 'utf8').split(' ')[0]);
  const cpu = cpuMeter(api.pid, api.postgresPid);
  const before = load();
  const file = join(root, 'bench/results/tracking.json');
  const former = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as TrackingReport) : undefined;
  const report: TrackingReport =
    values.points === undefined
      ? {
          node: process.version,
          cores: cpus().length,
          writes: await measureWrites(base, api.databaseUrl, Number(values.seconds) * 1000, cpu),
          reads: await measureReads(base, cpu),
          lists: await measureLists(base, api.databaseUrl, cpu),
          ...(former?.fill ? { fill: former.fill } : {}),
          loadAverage: { before, after: load() },
        }
      : {
          ...former!,
          fill: {
            ...(await measureFill(base, api.databaseUrl, Number(values.points), cpu)),
            loadAverage: { before, after: load() },
          },
        };
  process.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  mkdirSync(join(root, 'bench/results'), { recursive: true });
  recordTracking(report, join(root, 'bench/RESULTS.md'));
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
} finally {
  await api.stop();
}
