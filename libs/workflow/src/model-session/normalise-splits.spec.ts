import { describe, expect, it } from 'vitest';

import { registry } from '#components';
import { AppError, type ComponentManifest } from '#contract';

import { normaliseSplits } from './normalise-splits.js';

const splitter = (name: string): ComponentManifest =>
  ({ name, fields: registry.find(name, 'splitter').params }) as unknown as ComponentManifest;
const normalised = (payload: unknown) => normaliseSplits(JSON.stringify(payload), splitter);

const HOLDOUT = { train: 0.6, test: 0.2, validation: 0.2, stratify: false, shuffle: true, random_state: 42 };
const random = (params: object) => ({
  splitter_name: 'HoldoutSplitter',
  splitType: 'random',
  splitted_indexes: null,
  params: { ...HOLDOUT, ...params },
});
const ROWS = { train_indexes: [4, 0, 2], test_indexes: [1], val_indexes: [3] };
const given = (splitType: string, splitted_indexes: object = ROWS) => ({
  splitter_name: 'HoldoutSplitter',
  splitType,
  splitted_indexes,
  params: HOLDOUT,
});

describe('a splits payload in its one form', () => {
  it.each<[string, unknown, object]>([
    ['nothing', {}, random({})],
    ['shares', { train: 0.5, test: 0.3, validation: 0.2 }, random({ train: 0.5, test: 0.3, validation: 0.2 })],
    ['random', { splitType: 'random', shuffle: true, random_state: 7 }, random({ random_state: 7 })],
    ['stratified', { splitType: 'random', stratify: true }, random({ stratify: true })],
    ['the old name of a seed', { seed: 9 }, random({ random_state: 9 })],
    ['both names of a seed: the newer counts', { seed: 9, random_state: 8 }, random({ random_state: 8 })],
    ['keys nobody knows', { is_random: true, has_changed: false, more: [{}] }, random({})],
    ['no row numbers', { splitType: 'random', splitted_indexes: null }, random({})],
    ['manual', { splitType: 'manual', splitted_indexes: ROWS, is_random: false }, given('manual')],
    ['predefined', { splitType: 'predefined', splitted_indexes: ROWS }, given('predefined')],
    ['row numbers alone', { splitted_indexes: ROWS }, given('manual')],
    ['row numbers under shares', { train: [4, 0, 2], test: [1], validation: [3] }, given('manual')],
    [
      'row numbers under shares, of a predefined split',
      { splitType: 'predefined', train: [4, 0, 2], test: [1], validation: [3] },
      given('predefined'),
    ],
    ['training rows alone', { train: [4] }, given('manual', { train_indexes: [4], test_indexes: [], val_indexes: [] })],
    ['a split of rows that also sends shares', { splitted_indexes: ROWS, train: 0.9, seed: 1 }, given('manual')],
    ['a random split that still sends rows', { splitType: 'random', splitted_indexes: ROWS }, random({})],
    [
      'folds with the old name of the part set aside',
      { splitter_name: 'KFoldSplitter', splitType: 'cv', n_splits: 3, holdout: 0.25, train: 0.6 },
      {
        splitter_name: 'KFoldSplitter',
        splitType: 'cv',
        splitted_indexes: null,
        params: { n_splits: 3, test_size: 0.25, shuffle: true, random_state: 42 },
      },
    ],
  ])('%s', (_what, payload, expected) => {
    const result = normalised(payload);
    expect(result).toEqual(expected);
    // What is stored and read again says the same.
    expect(normalised({ ...result, ...result.params })).toEqual(expected);
  });

  it.each<[string, string, string]>([
    ['no JSON', '{', 'splits-invalid'],
    ['a list', '[]', 'splits-invalid'],
    ['another kind of split', '{"splitType":"lunar"}', 'splits-invalid'],
    ['a manual split without rows', '{"splitType":"manual","train":0.6}', 'splits-invalid'],
    ['a predefined split without rows', '{"splitType":"predefined"}', 'splits-invalid'],
    ['a row that is no number', '{"train":[0,"1"]}', 'splits-invalid'],
    ['a row below the first', '{"train":[-1]}', 'splits-invalid'],
    ['a share out of bounds', '{"train":1.5}', 'parameters-invalid'],
    ['a seed that is no number', '{"seed":"x"}', 'parameters-invalid'],
  ])('refuses %s', (_what, text, code) => {
    const refusal = (): unknown => normaliseSplits(text, splitter);
    expect(refusal).toThrow(AppError);
    expect(refusal).toThrow(code);
  });
});
