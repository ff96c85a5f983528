// Measures one of our learners in this process: node ours.js <model> <rows> <folder> <threads>; prints a Measurement.
import { join } from 'node:path';

import { fitForestRegressor, kernels } from '#learn';
import { matrix, type Matrix } from '#linalg';

import { openParallel } from '../../apps/worker/src/compute/parallel.js';
import { readFloats, readMatrix } from './data.js';
import type { Measurement } from './measurement.js';
import { benchModels } from './models.js';

interface Timed<T> {
  readonly result: T;
  readonly seconds: number;
  readonly cpuSeconds: number;
}

function timedOnce<T>(work: () => T): Timed<T> {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const result = work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { result, seconds, cpuSeconds: (user + system) / 1e6 };
}

/** Work of milliseconds is done this often, and the least counts, on both sides: of one turn a compiler's thread takes half. */
const TURNS = 10;
const SHORT_SECONDS = 0.2;

function timed<T>(work: () => T): Timed<T> {
  const runs = [timedOnce(work)];
  while (runs[0]!.cpuSeconds < SHORT_SECONDS && runs.length < TURNS) runs.push(timedOnce(work));
  const least = (of: (run: Timed<T>) => number): number => Math.min(...runs.map(of));
  return {
    result: runs[0]!.result,
    seconds: least((run) => run.seconds),
    cpuSeconds: least((run) => run.cpuSeconds),
  };
}

function scored(target: 'codes' | 'numbers', predicted: ArrayLike<number>, truth: Float64Array): number {
  if (target === 'codes') return truth.filter((code, i) => predicted[i] === code).length / truth.length;
  const mean = truth.reduce((sum, value) => sum + value, 0) / truth.length;
  const spread = truth.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return 1 - truth.reduce((sum, value, i) => sum + (value - predicted[i]!) ** 2, 0) / spread;
}

const WARM_ROWS = 1000;
const WARM_TURNS = 3;

function rowsOf({ rows: all, cols, data }: Matrix, count: number): Matrix {
  const rows = Math.min(all, count);
  const few = matrix(rows, cols);
  for (let j = 0; j < cols; j++) few.data.set(data.subarray(j * all, j * all + rows), j * rows);
  return few;
}

const [name, rows, folder, threads] = process.argv.slice(2) as [string, string, string, string];
const model = benchModels.find((candidate) => candidate.name === name)!;
const { ours } = model.sizes.find((size) => size.rows === Number(rows))!;
const stored = readMatrix(join(folder, 'x.f64'));
// On shared memory, as the matrices of jobs are.
const x = matrix(stored.rows, stored.cols, new Float64Array(new SharedArrayBuffer(stored.data.byteLength)));
x.data.set(stored.data);
const y = readFloats(join(folder, `${model.target}.f64`));
const test = readMatrix(join(folder, 'test-x.f64'));
const truth = readFloats(join(folder, `test-${model.target}.f64`));
const flags = new Int32Array(new SharedArrayBuffer(4));
const context = { seed: 1, parallel: openParallel({ threads: Number(threads), kernels, flags }) };
// Both sides are warm, as a worker and a notebook are that have had a job before: a fit and a prediction of few rows come first.
const few = rowsOf(x, WARM_ROWS);
for (let turn = 0; turn < WARM_TURNS; turn++) model.fit(few, y.slice(0, few.rows), ours, context)(few);
if (Number(threads) > 1) fitForestRegressor(matrix(20, 1), new Float64Array(20), {}, context);
const fit = timed(() => model.fit(x, y, ours, context));
const predict = timed(() => fit.result(test));
const measurement: Measurement = {
  fitSeconds: fit.seconds,
  fitCpuSeconds: fit.cpuSeconds,
  predictSeconds: predict.seconds,
  predictCpuSeconds: predict.cpuSeconds,
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
  score: scored(model.target, predict.result, truth),
};
console.log(JSON.stringify(measurement));
