import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

import { parametersFor, registry } from '#components';
import { groupFolds, kFolds, stratifiedFolds, stratifiedGroupFolds } from '#learn';

interface Golden {
  plain: { rows: number; folds: number; fold: number[] }[];
  stratified: { name: string; folds: number; y: number[]; fold: number[] }[];
  grouped: { name: string; folds: number; y: number[]; groups: number[]; plain: number[]; stratified: number[] }[];
  oneOut: { rows: number; fold: number[] }[];
}
const golden = JSON.parse(readFileSync(new URL('folds.json', import.meta.url), 'utf8')) as Golden;

describe('folds without chance are those of scikit-learn', () => {
  it.each(golden.plain)('KFold: $rows rows, $folds folds', ({ rows, folds, fold }) => {
    expect([...kFolds(rows, folds)]).toEqual(fold);
  });

  it.each(golden.stratified)('StratifiedKFold: $name, $folds folds', ({ y, folds, fold }) => {
    expect([...stratifiedFolds(Int32Array.from(y), folds)]).toEqual(fold);
  });

  it.each(golden.grouped)('GroupKFold: $name, $folds folds', ({ groups, folds, plain }) => {
    expect([...groupFolds(Int32Array.from(groups), folds)]).toEqual(plain);
  });

  it.each(golden.grouped)('StratifiedGroupKFold: $name, $folds folds', ({ y, groups, folds, stratified }) => {
    expect([...stratifiedGroupFolds(Int32Array.from(y), Int32Array.from(groups), folds)]).toEqual(stratified);
  });

  it.each(golden.oneOut)('LeaveOneOut: $rows rows', ({ rows, fold }) => {
    const splitter = registry.find('LeaveOneOutSplitter', 'splitter');
    const { folds } = splitter.split(rows, null, parametersFor(splitter, { test_size: 0 }), null);
    const found = new Array<number>(rows).fill(-1);
    for (const [k, { validation }] of folds.entries()) for (const row of validation.list()) found[row] = k;
    expect(found).toEqual(fold);
  });
});
