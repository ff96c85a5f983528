import { describe, expect, it } from 'vitest';

import { type Division, divisionWithin, parametersFor, registry, type RowSet, type Splitter } from '#components';
import { AppError, SPLITS } from '#contract';

import { type Check, runChecks } from './waivers.js';

const splitters = registry.all.filter((component): component is Splitter => component.kind === 'splitter');
const classes = Int32Array.from({ length: 100 }, (_, i) => (i % 10 === 0 ? 1 : 0));
const groups = classes.map((_, row) => row % 25);
const split = (splitter: Splitter, rows = 100, params = {}): Division =>
  splitter.split(
    rows,
    classes.subarray(0, rows),
    parametersFor(splitter, params),
    splitter.groupParam ? groups.subarray(0, rows) : null,
  );
const setsOf = ({ folds, ...parts }: Division): RowSet[] => [
  ...SPLITS.map((part) => parts[part]),
  ...folds.flatMap(({ train, validation }) => [train, validation]),
];
const listed = (division: Division): number[][] => setsOf(division).map((set) => [...set.list()]);
const sorted = (...rows: readonly (readonly number[])[]): number[] => rows.flat().sort((a, b) => a - b);

const splitterChecks: readonly Check<Splitter>[] = [
  {
    name: 'every row is in one part and one only',
    run: (splitter) => {
      for (const rows of [10, 50, 100])
        expect(sorted(...listed(split(splitter, rows)).slice(0, 3))).toEqual(
          Array.from({ length: rows }, (_, row) => row),
        );
    },
  },
  {
    name: 'parts say how many rows they have, and list them in rising order, each time the same',
    run: (splitter) => {
      for (const set of setsOf(split(splitter))) {
        const rows = [...set.list()];
        expect(rows).toHaveLength(set.count);
        expect(sorted(rows)).toEqual(rows);
        expect([...set.list()]).toEqual(rows);
      }
    },
  },
  {
    name: 'a holdout has no folds; folds judge every row they may learn from once in each repetition',
    run: (splitter) => {
      const { train, validation, folds } = split(splitter);
      if (splitter.partitioning === 'holdout') {
        expect(folds).toEqual([]);
        return;
      }
      expect(validation.count).toBe(0);
      const repeats = Number(parametersFor(splitter, {})['n_repeats'] ?? 1);
      const all = [...train.list()];
      const judged = folds.flatMap((fold) => [...fold.validation.list()]);
      expect(sorted(judged)).toEqual(sorted(...Array.from({ length: repeats }, () => all)));
      for (const fold of folds) expect(sorted([...fold.train.list()], [...fold.validation.list()])).toEqual(all);
    },
  },
  {
    name: 'equal seeds draw the same rows, others do not',
    run: (splitter) => {
      expect(listed(split(splitter))).toEqual(listed(split(splitter)));
      if ('random_state' in splitter.params)
        expect(listed(split(splitter, 100, { random_state: 1 }))).not.toEqual(listed(split(splitter)));
    },
  },
  {
    name: 'too few rows are refused',
    run: (splitter) => {
      for (const rows of [0, 1, 2]) expect(() => split(splitter, rows)).toThrow(AppError);
    },
  },
  {
    name: 'splitters of inner folds are splitters by folds',
    run: (splitter) => {
      for (const name of splitter.inner ?? []) expect(registry.find(name, 'splitter').partitioning, name).toBe('folds');
      expect(splitter.inner !== undefined).toBe(splitter.partitioning === 'folds');
    },
  },
];

describe.each(splitters.map((splitter) => [splitter.name, splitter] as const))('%s', (_, splitter) =>
  runChecks(splitter, splitterChecks),
);

describe('HoldoutSplitter', () => {
  const holdout = registry.find('HoldoutSplitter', 'splitter');
  const sizes = (division: Division): number[] => SPLITS.map((part) => division[part].count);

  it.each([
    [100, {}, [60, 20, 20]],
    [150, {}, [90, 30, 30]],
    [7, {}, [4, 1, 2]],
    [100, { train: 0.29, validation: 0, test: 0.71 }, [29, 0, 71]],
    [10, { train: 0.7, validation: 0.3, test: 0 }, [7, 3, 0]],
    [10, { train: 1, validation: 0, test: 0 }, [10, 0, 0]],
  ])('%i rows by %j', (rows, params, expected) => expect(sizes(split(holdout, rows, params))).toEqual(expected));

  it('without shuffling cuts in the order of the rows', () => {
    const { train, test } = split(holdout, 10, { shuffle: false });
    expect([[...train.list()], [...test.list()]]).toEqual([
      [0, 1, 2, 3, 4, 5],
      [6, 7],
    ]);
  });

  it.each([true, false])('stratified parts have the shares of the whole (shuffle %s)', (shuffle) => {
    const division = split(holdout, 100, { stratify: true, shuffle });
    const rare = SPLITS.map((part) => division[part].list().filter((row) => classes[row] === 1).length);
    expect(sizes(division)).toEqual([60, 20, 20]);
    expect(rare).toEqual([6, 2, 2]);
  });

  it.each([
    [{ train: 0.5 }, 'parameters-invalid'],
    [{ train: 0, test: 0.5, validation: 0.5 }, 'parameters-invalid'],
    [{ train: 1.5 }, 'parameters-invalid'],
  ])('refuses %j', (params, code) => expect(() => split(holdout, 100, params)).toThrow(code));

  it('names the part that gets no row', () => {
    expect(() => split(holdout, 2)).toThrow('split-empty-part {"part":"validation"}');
  });
});

describe('splitters by folds', () => {
  const find = (name: string): Splitter => registry.find(name, 'splitter');
  const held = ({ folds }: Division): number[][] => folds.map(({ validation }) => [...validation.list()]);

  it('without shuffling and test rows, folds are cut in the order of the rows', () => {
    const params = { n_splits: 3, shuffle: false, test_size: 0 };
    expect(held(split(find('KFoldSplitter'), 10, params))).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ]);
  });

  it.each([
    [0.1, 10],
    [0.25, 25],
    [0.004, 0],
    [0.5, 50],
  ])('sets the share %d of 100 rows aside: %i', (test_size, count) => {
    const make = (): Division => split(find('KFoldSplitter'), 100, { test_size });
    if (count === 0) expect(make).toThrow('split-empty-part {"part":"test"}');
    else expect([make().test.count, make().train.count]).toEqual([count, 100 - count]);
  });

  it.each(['StratifiedKFoldSplitter', 'RepeatedStratifiedKFoldSplitter'])(
    '%s keeps the shares of the classes',
    (name) => {
      const { test, folds } = split(find(name), 100, { n_splits: 3, test_size: 0.1 });
      const rare = (set: RowSet): number => set.list().filter((row) => classes[row] === 1).length;
      expect(rare(test)).toBe(1);
      expect(folds.map(({ validation }) => rare(validation))).toEqual(folds.map(() => 3));
    },
  );

  it('repetitions are shuffled anew, of the same rows', () => {
    const { folds } = split(find('RepeatedKFoldSplitter'), 100, { n_splits: 4, n_repeats: 3 });
    expect(folds).toHaveLength(12);
    const firsts = [0, 4, 8].map((k) => [...folds[k]!.validation.list()].join());
    expect(new Set(firsts).size).toBe(3);
  });

  it('more folds than rows are refused by both numbers', () => {
    expect(() => split(find('KFoldSplitter'), 10, { n_splits: 8, test_size: 0.3 })).toThrow(
      'folds-too-many {"folds":8,"rows":7}',
    );
  });

  it('classes that all have fewer rows than folds are refused; one rare class is not', () => {
    const stratified = find('StratifiedKFoldSplitter');
    const divide = (y: readonly number[]): Division =>
      stratified.split(y.length, Int32Array.from(y), parametersFor(stratified, { n_splits: 4, test_size: 0 }), null);
    expect(() => divide([0, 0, 0, 1, 1, 1])).toThrow('classes-too-rare {"folds":4,"most":3}');
    expect(divide([0, 0, 0, 0, 1]).folds).toHaveLength(4);
    expect(() => stratified.split(10, null, parametersFor(stratified, {}), null)).toThrow('splits-invalid');
  });

  describe.each(['GroupKFoldSplitter', 'StratifiedGroupKFoldSplitter'])('%s', (name) => {
    it.each([true, false])('never parts a group, nor for the test rows (shuffle %s)', (shuffle) => {
      const { test, folds } = split(find(name), 100, { shuffle });
      const of = (set: RowSet): Set<number> => new Set(Array.from(set.list(), (row) => groups[row]!));
      expect([of(test).size, test.count]).toEqual([3, 12]);
      for (const { train, validation } of folds) {
        expect([...of(train), ...of(validation)]).toHaveLength(22);
        expect(new Set([...of(train), ...of(validation)]).size).toBe(22);
      }
    });

    it('refuses fewer groups than folds, and no groups', () => {
      const splitter = find(name);
      const divide = (by: Int32Array | null, params = {}) =>
        splitter.split(100, classes, parametersFor(splitter, { n_splits: 4, ...params }), by);
      const four = groups.map((group) => group % 4);
      expect(divide(four, { test_size: 0 }).folds).toHaveLength(4);
      expect(() => divide(four)).toThrow('groups-too-few {"folds":4,"groups":3}');
      expect(() => divide(null)).toThrow('group-column-missing');
    });
  });

  it('stratified groups keep the shares of the classes as far as groups allow', () => {
    const y = Int32Array.from({ length: 120 }, (_, row) => (row % 40 < 8 ? 1 : 0));
    const by = y.map((_, row) => Math.floor(row / 4));
    const splitter = find('StratifiedGroupKFoldSplitter');
    const params = parametersFor(splitter, { n_splits: 3, test_size: 0 });
    const { folds } = splitter.split(120, y, params, by);
    expect(folds.map(({ validation }) => validation.list().filter((row) => y[row] === 1).length)).toEqual([8, 8, 8]);
  });

  it('leave-one-out judges each row by a model of all others', () => {
    const { folds, test } = split(find('LeaveOneOutSplitter'), 20);
    expect([folds.length, test.count]).toEqual([18, 2]);
    for (const { train, validation } of folds) expect([train.count, validation.count]).toEqual([17, 1]);
  });

  it.each([[{ n_splits: 1 }], [{ n_splits: 21 }], [{ test_size: 0.6 }], [{ random_state: -1 }]])(
    'refuses %j',
    (params) => expect(() => split(find('KFoldSplitter'), 100, params)).toThrow('parameters-invalid'),
  );

  it('repetitions are 2 to 10', () => {
    for (const n_repeats of [1, 11])
      expect(() => split(find('RepeatedKFoldSplitter'), 100, { n_repeats })).toThrow('parameters-invalid');
  });

  it('inner folds are made of the rows of a fold alone', () => {
    const { folds } = split(find('KFoldSplitter'), 50);
    const outer = folds[1]!.train;
    const inner = divisionWithin(outer, split(find('KFoldSplitter'), outer.count, { n_splits: 3, test_size: 0 }));
    expect(sorted(...inner.folds.map(({ validation }) => [...validation.list()]))).toEqual([...outer.list()]);
    expect([...inner.train.list()]).toEqual([...outer.list()]);
  });
});
