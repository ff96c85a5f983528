import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { kFolds, stratifiedFolds } from '#learn';

interface Golden {
  plain: { rows: number; folds: number; fold: number[] }[];
  stratified: { name: string; folds: number; y: number[]; fold: number[] }[];
}
const golden = JSON.parse(readFileSync(new URL('folds.json', import.meta.url), 'utf8')) as Golden;

describe('folds without chance are those of scikit-learn', () => {
  it.each(golden.plain)('KFold: $rows rows, $folds folds', ({ rows, folds, fold }) => {
    expect([...kFolds(rows, folds)]).toEqual(fold);
  });

  it.each(golden.stratified)('StratifiedKFold: $name, $folds folds', ({ y, folds, fold }) => {
    expect([...stratifiedFolds(Int32Array.from(y), folds)]).toEqual(fold);
  });
});
