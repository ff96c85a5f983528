// Measures our learners beside scikit-learn, each run in a process of its own, in the order A B B A:
//   npx tsc -p bench && node dist/bench/learners/run.js --python <python with scikit-learn> [--models A,B] [--rows 10000,100000]
// With --threads 2 ours have that many, and only learners that use them run.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { tableColumns, writeTable } from './data.js';
import { type BenchRow, least, type Measurement } from './measurement.js';
import { benchModels, type BenchModel, type BenchSize } from './models.js';
import { record } from './report.js';

const { values } = parseArgs({
  options: {
    python: { type: 'string', default: process.env['PEER_PYTHON'] ?? 'python3' },
    models: { type: 'string' },
    rows: { type: 'string', default: '10000,100000' },
    threads: { type: 'string', default: '1' },
  },
});
const wantedRows = values.rows.split(',').map(Number);
const threads = Number(values.threads);
const results = 'bench/results/learners.json';

function run(program: string, args: readonly string[]): unknown {
  return JSON.parse(execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }));
}

function measure(model: BenchModel, size: BenchSize, folder: string): BenchRow {
  const program = join(import.meta.dirname, 'ours.js');
  const ours = (): Measurement =>
    run(process.execPath, [program, model.name, String(size.rows), folder, values.threads]) as Measurement;
  const { module, name, peerMethod: method = 'predict' } = model;
  const script = [join('bench', 'learners', 'peer.py'), module, name, JSON.stringify(size.peer), method];
  const peer = (): Measurement & { version: string } =>
    run(values.python, [...script, model.target, folder, String(tableColumns)]) as Measurement & { version: string };
  const a = ours();
  const b = peer();
  const c = peer();
  const d = ours();
  return {
    model: model.name,
    rows: size.rows,
    columns: tableColumns,
    ...(threads > 1 && { threads }),
    date: new Date().toISOString().slice(0, 10),
    runtime: process.versions.node,
    peerVersion: b.version,
    ours: least([a, d]),
    peer: least([b, c]),
  };
}

mkdirSync('bench/results', { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'millrace-bench-'));
try {
  for (const rows of wantedRows) {
    const table = writeTable(folder, rows);
    for (const model of benchModels) {
      if (values.models && !values.models.split(',').includes(model.name)) continue;
      if (threads > 1 && !model.threaded) continue;
      const size = model.sizes.find((candidate) => candidate.rows === rows);
      if (!size) continue;
      const row = measure(model, size, table);
      record(row, results, 'bench/RESULTS.md');
      const ratio = (key: 'fitCpuSeconds' | 'predictCpuSeconds'): string => (row.ours[key] / row.peer[key]).toFixed(2);
      console.log(
        `${model.name} ${rows}: fit ${ratio('fitCpuSeconds')}, predict ${ratio('predictCpuSeconds')} of scikit-learn`,
      );
    }
    rmSync(table, { recursive: true });
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
