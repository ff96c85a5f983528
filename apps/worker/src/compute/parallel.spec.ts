import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { describe, expect, test } from 'vitest';

import { fitBoostingClassifier, fitBoostingRegressor, fitForestRegressor, kernels } from '#learn';
import { Cancelled, type Matrix, matrix, NumericError, random, serial } from '#linalg';

import type { openParallel } from './parallel.js';

const built = join(
  import.meta.dirname,
  '..',
  '..',
  '..',
  '..',
  'dist',
  'apps',
  'worker',
  'src',
  'compute',
  'parallel.js',
);
if (!existsSync(built)) throw new Error('run "npm run build" first: threads run compiled');
const { openParallel: open } = (await import(pathToFileURL(built).href)) as { openParallel: typeof openParallel };

const rows = 400;
const cols = 5;
const { normal } = random(7);
const data = new Float64Array(new SharedArrayBuffer(8 * rows * cols)).map(() => normal());
const x: Matrix = { rows, cols, data };
const y = Float64Array.from({ length: rows }, (_, row) => data[row]! * 3 + data[rows + row]!);
const flags = new Int32Array(new SharedArrayBuffer(4));
const parallel = open({ threads: 2, kernels, flags });

test('helper threads answer what one thread does, again and again', () => {
  const alone = fitForestRegressor(x, y, { estimators: 12 }, { seed: 3, parallel: serial(kernels) });
  for (let round = 0; round < 3; round++) {
    const together = fitForestRegressor(x, y, { estimators: 12 }, { seed: 3, parallel });
    expect(together.trees).toEqual(alone.trees);
  }
});

test('a tick that throws ends the call and leaves the helpers fit for the next', () => {
  let ticks = 0;
  const tick = (): void => {
    if (++ticks > 2) throw new Cancelled();
  };
  expect(() => fitForestRegressor(x, y, { estimators: 2000 }, { seed: 3, parallel, tick })).toThrow(Cancelled);
  expect(fitForestRegressor(x, y, { estimators: 2 }, { seed: 3, parallel }).trees).toBeDefined();
});

test("what a kernel throws comes out as it went in, and the child's flag stops the helpers", () => {
  expect(() => parallel.map('no-kernel', [1, 2])).toThrow(RangeError);
  expect(() => parallel.map('grow-trees', [null, null])).toThrow(/null/);
  Atomics.store(flags, 0, 1);
  expect(() => fitForestRegressor(x, y, { estimators: 50 }, { seed: 3, parallel })).toThrow(Cancelled);
  Atomics.store(flags, 0, 0);
  expect(() => fitForestRegressor(x, y, { estimators: 5, maxSamples: -1 }, { seed: 3, parallel })).toThrow(
    NumericError,
  );
});

test('an error of a helper ends the team and comes out as text', () => {
  const idle = { boost: () => () => undefined };
  const team = open({ threads: 2, kernels: idle, flags }).team('boost', null);
  const untilItFails = (): void => {
    for (let step = 0; step < 5e6; step++) team.run(100);
  };
  expect(untilItFails).toThrow(/helper thread failed: TypeError.*null/);
  team.end();
  expect(() => parallel.team('no-kernel', null)).toThrow(RangeError);
});

describe('boosting', () => {
  const many = 30_000;
  const wide = matrix(
    many,
    4,
    Float64Array.from({ length: 4 * many }, () => (normal() > 1.5 ? Number.NaN : normal())),
  );
  const numbers = Float64Array.from({ length: many }, (_, row) => (wide.data[row] || 2) * (wide.data[many + row] || 0));
  const codes = Int32Array.from(numbers, (value) => (value < -0.5 ? 0 : value < 0.5 ? 1 : 2));
  const params = { maxIter: 6 };
  const sampleWeight = numbers.map(Math.abs);

  test('is the same bit for bit with one, two and three threads', () => {
    const one = { seed: 3, parallel: serial(kernels) };
    const classes = fitBoostingClassifier(wide, codes, 3, params, one);
    const free = { ...params, maxLeafNodes: null, maxDepth: 6, sampleWeight };
    const values = fitBoostingRegressor(wide, numbers, free, one);
    expect(classes.feature.length).toBeGreaterThan(18 * 30);
    for (const threads of [1, 2, 3]) {
      const context = { seed: 3, parallel: open({ threads, kernels, flags }) };
      for (let round = 0; round < 2; round++) {
        expect(fitBoostingClassifier(wide, codes, 3, params, context)).toEqual(classes);
        expect(fitBoostingRegressor(wide, numbers, free, context)).toEqual(values);
      }
    }
  });

  test('ends where its tick throws, and the helpers are free for what comes next', () => {
    const tick = (done: number): void => {
      if (done === 3) throw new Cancelled();
    };
    const expected = fitBoostingRegressor(wide, numbers, params, { seed: 3 });
    for (let round = 0; round < 5; round++) {
      expect(() => fitBoostingRegressor(wide, numbers, params, { seed: 3, parallel, tick })).toThrow(Cancelled);
      expect(fitBoostingRegressor(wide, numbers, params, { seed: 3, parallel })).toEqual(expected);
    }
    expect(fitForestRegressor(x, y, { estimators: 2 }, { seed: 3, parallel }).trees).toBeDefined();
  });

  test('whoever watches a fit may ask for threads, too', () => {
    let heard = 0;
    const watch = (): void => {
      heard += fitForestRegressor(x, y, { estimators: 4 }, { seed: 3, parallel }).trees.roots.length;
    };
    fitBoostingRegressor(wide, numbers, params, { seed: 3, parallel, watch });
    expect(heard).toBe(4 * 3);
  });
});
