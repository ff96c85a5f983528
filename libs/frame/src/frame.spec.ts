import { describe, expect, it } from 'vitest';

import {
  categoricalColumn,
  column,
  createFrame,
  fromRecords,
  numericColumn,
  select,
  sortCategories,
  takeRows,
  textColumn,
  toRecords,
  typeEntry,
  withColumns,
} from './index.js';

const frame = createFrame([
  numericColumn('age', [30, NaN, 50]),
  categoricalColumn('city', ['b', null, 'a']),
  textColumn('note', ['x', null, 'z']),
]);

describe('frame', () => {
  it('keeps numbers and codes on shared memory', () => {
    for (const source of frame.columns) {
      if (source.kind === 'text') continue;
      expect((source.kind === 'numeric' ? source.values : source.codes).buffer).toBeInstanceOf(SharedArrayBuffer);
    }
  });

  it('reads rows back as they were, missing as null', () => {
    expect(toRecords(frame)).toEqual([
      { age: 30, city: 'b', note: 'x' },
      { age: null, city: null, note: null },
      { age: 50, city: 'a', note: 'z' },
    ]);
  });

  it('selects columns in the order asked and names the one it lacks', () => {
    expect(select(frame, ['note', 'age']).columns.map((c) => c.name)).toEqual(['note', 'age']);
    expect(() => column(frame, 'constructor')).toThrow(
      expect.objectContaining({ code: 'column-not-found', values: { column: 'constructor' } }),
    );
  });

  it('takes rows in any order, also twice, without touching the source', () => {
    expect(toRecords(takeRows(frame, [2, 2, 1])).map((row) => row['city'])).toEqual(['a', 'a', null]);
    expect(frame.rows).toBe(3);
  });

  it('replaces columns in place and appends new ones', () => {
    const changed = withColumns(frame, [numericColumn('age', [1, 2, 3]), numericColumn('extra', [4, 5, 6])]);
    expect(changed.columns.map((c) => c.name)).toEqual(['age', 'city', 'note', 'extra']);
    expect(toRecords(changed)[0]).toMatchObject({ age: 1, extra: 4 });
  });

  it('refuses two columns of one name and columns of unequal length', () => {
    expect(() => createFrame([numericColumn('a', [1]), numericColumn('a', [1])])).toThrow(
      expect.objectContaining({ code: 'columns-duplicated' }),
    );
    expect(() => createFrame([numericColumn('a', [1]), numericColumn('b', [1, 2])])).toThrow(RangeError);
  });
});

describe('fromRecords', () => {
  it('reads numbers written as text, booleans as words, absent keys as missing', () => {
    const built = fromRecords([{ n: ' 1.5 ', c: true }, { n: null, c: false }, {}], {
      n: typeEntry('Float'),
      c: typeEntry('Categorical'),
    });
    expect(toRecords(built)).toEqual([
      { n: 1.5, c: 'True' },
      { n: null, c: 'False' },
      { n: null, c: null },
    ]);
  });

  it('names column, first bad row and value when a number is no number', () => {
    expect(() => fromRecords([{ n: 1 }, { n: 'x' }, { n: 'y' }], { n: typeEntry('Integer') })).toThrow(
      expect.objectContaining({
        code: 'values-not-convertible',
        values: { column: 'n', type: 'Integer', count: 2, row: 2, value: 'x' },
      }),
    );
  });

  it('survives columns called __proto__ and constructor', () => {
    const types = JSON.parse(
      '{"__proto__":{"type":"Float","dtype":"float64"},"constructor":{"type":"Text","dtype":"string"}}',
    ) as Record<string, ReturnType<typeof typeEntry>>;
    const built = fromRecords([JSON.parse('{"__proto__":7}') as Record<string, unknown>], types);
    expect(built.columns.map((c) => c.name)).toEqual(['__proto__', 'constructor']);
    expect(JSON.stringify(toRecords(built))).toBe('[{"__proto__":7,"constructor":null}]');
  });
});

it('sorts categories as numbers when all are numbers', () => {
  expect(sortCategories(['10', '9', '1.5'])).toEqual(['1.5', '9', '10']);
  expect(sortCategories(['b', 'B', '10'])).toEqual(['10', 'B', 'b']);
});
