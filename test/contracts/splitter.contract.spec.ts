import { describe, expect, it } from 'vitest';

import { parametersFor, registry, type Splitter } from '#components';
import { AppError, type SplitIndexes, SPLITS } from '#contract';

import { type Check, runChecks } from './waivers.js';

const splitters = registry.all.filter((component): component is Splitter => component.kind === 'splitter');
const classes = Int32Array.from({ length: 100 }, (_, i) => (i % 10 === 0 ? 1 : 0));
const rowsOf = (split: SplitIndexes): number[] => SPLITS.flatMap((part) => split[`${part}_indexes`]);
const first = (splitter: Splitter, rows = 100, params = {}): SplitIndexes =>
  splitter.split(rows, classes, parametersFor(splitter, params))[0]!;

const splitterChecks: readonly Check<Splitter>[] = [
  {
    name: 'every row is in one part and one only, in rising order',
    run: (splitter) => {
      for (const rows of [7, 50, 100]) {
        const split = first(splitter, rows);
        expect(rowsOf(split).sort((a, b) => a - b)).toEqual(Array.from({ length: rows }, (_, row) => row));
        for (const part of SPLITS)
          expect([...split[`${part}_indexes`]].sort((a, b) => a - b)).toEqual(split[`${part}_indexes`]);
      }
    },
  },
  {
    name: 'equal seeds draw the same rows, others do not',
    run: (splitter) => {
      expect(first(splitter)).toEqual(first(splitter));
      expect(first(splitter, 100, { random_state: 1 })).not.toEqual(first(splitter));
    },
  },
  {
    name: 'too few rows are refused by the part that would be empty',
    run: (splitter) => {
      for (const rows of [0, 1, 2]) expect(() => first(splitter, rows)).toThrow(AppError);
    },
  },
];

describe.each(splitters.map((splitter) => [splitter.name, splitter] as const))('%s', (_, splitter) =>
  runChecks(splitter, splitterChecks),
);

describe('HoldoutSplitter', () => {
  const holdout = registry.find('HoldoutSplitter', 'splitter');
  const sizes = (split: SplitIndexes): number[] => SPLITS.map((part) => split[`${part}_indexes`].length);

  it.each([
    [100, {}, [60, 20, 20]],
    [150, {}, [90, 30, 30]],
    [7, {}, [4, 1, 2]],
    [100, { train: 0.29, validation: 0, test: 0.71 }, [29, 0, 71]],
    [10, { train: 0.7, validation: 0.3, test: 0 }, [7, 3, 0]],
    [10, { train: 1, validation: 0, test: 0 }, [10, 0, 0]],
  ])('%i rows by %j', (rows, params, expected) => expect(sizes(first(holdout, rows, params))).toEqual(expected));

  it('without shuffling cuts in the order of the rows', () => {
    const { train_indexes, test_indexes } = first(holdout, 10, { shuffle: false });
    expect([train_indexes, test_indexes]).toEqual([
      [0, 1, 2, 3, 4, 5],
      [6, 7],
    ]);
  });

  it.each([true, false])('stratified parts have the shares of the whole (shuffle %s)', (shuffle) => {
    const split = first(holdout, 100, { stratify: true, shuffle });
    const rare = SPLITS.map((part) => split[`${part}_indexes`].filter((row) => classes[row] === 1).length);
    expect(sizes(split)).toEqual([60, 20, 20]);
    expect(rare).toEqual([6, 2, 2]);
  });

  it.each([
    [{ train: 0.5 }, 'parameters-invalid'],
    [{ train: 0, test: 0.5, validation: 0.5 }, 'parameters-invalid'],
    [{ train: 1.5 }, 'parameters-invalid'],
  ])('refuses %j', (params, code) => expect(() => first(holdout, 100, params)).toThrow(code));

  it('names the part that gets no row', () => {
    expect(() => first(holdout, 2)).toThrow('split-empty-part {"part":"validation"}');
  });
});
