import { describe, expect, it } from 'vitest';

import {
  categoricalColumn,
  classCodes,
  createFrame,
  decodeClasses,
  encode,
  encodeClasses,
  fitEncoder,
  numericColumn,
  numericTarget,
  textColumn,
  typeEntry,
} from './index.js';

const label = { ...typeEntry('Categorical'), encoder: 'label' as const };
const train = createFrame([
  numericColumn('size', [1, 2, 3]),
  categoricalColumn('colour', ['red', 'blue', 'red'], typeEntry('Categorical', ['blue', 'green', 'red'])),
  categoricalColumn('grade', ['10', '9', '9'], label),
]);
const state = fitEncoder(train, ['size', 'colour', 'grade']);

describe('encoder', () => {
  it('passes numbers, one-hot codes the levels that occur, label codes in category order', () => {
    const encoded = encode(state, train);
    expect(encoded.names).toEqual(['size', 'colour=blue', 'colour=red', 'grade']);
    expect(encoded.sources).toEqual(['size', 'colour', 'colour', 'grade']);
    expect([...encoded.data]).toEqual([1, 2, 3, 0, 1, 0, 1, 0, 1, 1, 0, 0]);
    expect(encoded.data.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect({ ...encoded.unseen, ...encoded.missing }).toEqual({});
  });

  it('matches columns by name, reads numbers from text, counts unseen levels and missing values', () => {
    const fresh = createFrame([
      categoricalColumn('grade', ['7', null]),
      categoricalColumn('colour', [null, 'green']),
      textColumn('size', ['4.5', null]),
    ]);
    const encoded = encode(state, fresh);
    expect([...encoded.data]).toEqual([4.5, NaN, NaN, 0, NaN, 0, -1, NaN]);
    expect(encoded.unseen).toEqual({ colour: 1, grade: 1 });
    expect(encoded.missing).toEqual({ size: 1, colour: 1, grade: 1 });
  });

  it('takes a number where training had a level', () => {
    const fresh = createFrame([
      numericColumn('grade', [9]),
      categoricalColumn('colour', ['red']),
      numericColumn('size', [0]),
    ]);
    expect([...encode(state, fresh).data]).toEqual([0, 0, 1, 0]);
  });

  it('is a plain value', () => {
    expect(JSON.parse(JSON.stringify(state))).toEqual(state);
  });

  it('refuses free text, an absent column and words where numbers belong, by name', () => {
    expect(() => fitEncoder(createFrame([textColumn('t', ['a'])]), ['t'])).toThrow(
      expect.objectContaining({ code: 'column-not-encodable' }),
    );
    expect(() => encode(state, createFrame([numericColumn('size', [1])]))).toThrow(
      expect.objectContaining({ code: 'column-not-found', values: { column: 'colour' } }),
    );
    const bad = createFrame([
      textColumn('size', ['wide']),
      categoricalColumn('colour', ['red']),
      categoricalColumn('grade', ['9']),
    ]);
    expect(() => encode(state, bad)).toThrow(expect.objectContaining({ code: 'values-not-convertible' }));
  });
});

describe('targets', () => {
  it('keeps only the classes that occur, in category order, and decodes back', () => {
    const { classes, codes } = encodeClasses(train, 'colour');
    expect(classes).toEqual(['blue', 'red']);
    expect(decodeClasses(classes, codes)).toEqual(['red', 'blue', 'red']);
    expect([...classCodes(createFrame([categoricalColumn('colour', ['green', 'red'])]), 'colour', classes)]).toEqual([
      -1, 1,
    ]);
  });

  it('takes numbers as classes', () => {
    expect(encodeClasses(createFrame([numericColumn('y', [10, 9, 10])]), 'y')).toMatchObject({
      classes: ['9', '10'],
      codes: Int32Array.of(1, 0, 1),
    });
  });

  it('refuses a missing target and says how many', () => {
    const holes = createFrame([categoricalColumn('y', ['a', null]), numericColumn('z', [NaN, NaN])]);
    expect(() => encodeClasses(holes, 'y')).toThrow(
      expect.objectContaining({ code: 'missing-values', values: { column: 'y', count: 1 } }),
    );
    expect(() => numericTarget(holes, 'z')).toThrow(
      expect.objectContaining({ code: 'missing-values', values: { column: 'z', count: 2 } }),
    );
    expect([...numericTarget(train, 'grade')]).toEqual([10, 9, 9]);
  });
});
