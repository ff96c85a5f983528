import { describe, expect, it } from 'vitest';

import { flatten, unflatten } from './flatten.js';
import { fitsGlob } from './glob.js';
import { readJson, writeJson } from './numbers-json.js';
import { plainOf } from './plain.js';
import { snowflake } from './snowflake.js';

describe('JSON with numbers that are none', () => {
  it('writes them as Python does, and reads them again', () => {
    const value = {
      a: [Number.NaN, Infinity, -Infinity, 1.5],
      text: 'NaN, "Infinity" and \\"NaN\\"',
      b: { NaN: null },
    };
    const text = writeJson(value);
    expect(text).toContain('[NaN,Infinity,-Infinity,1.5]');
    expect(readJson(text)).toEqual(value);
    expect(readJson('{"x": NaN, "y": "-Infinity"}')).toEqual({ x: Number.NaN, y: '-Infinity' });
  });

  it('keeps texts that look like our marks', () => {
    for (const text of ['\u0000number:x', 'number:NaN', '"NaN"'])
      expect(readJson(writeJson({ text, n: Number.NaN }))).toEqual({ text, n: Number.NaN });
  });

  it('rejects what is no JSON', () => {
    expect(() => readJson('{"a": NaNs}')).toThrow(SyntaxError);
    expect(() => readJson('{"a": 1')).toThrow(SyntaxError);
  });
});

describe('plain values', () => {
  it('of anything that has some', () => {
    const made = plainOf({
      when: new Date('2026-01-31T00:00:00Z'),
      floats: Float32Array.of(1, 2),
      map: new Map([['k', new Set([1])]]),
      big: 7n,
      huge: 2n ** 70n,
      call: () => 1,
      none: undefined,
      own: { toJSON: () => ({ shape: 'round' }) },
      holes: [undefined, 1],
    });
    expect(made).toEqual({
      when: '2026-01-31T00:00:00.000Z',
      floats: [1, 2],
      map: { k: [1] },
      big: 7,
      huge: '1180591620717411303424',
      own: { shape: 'round' },
      holes: [null, 1],
    });
  });

  it('refuse what contains itself', () => {
    const loop: Record<string, unknown> = {};
    loop['self'] = loop;
    expect(() => plainOf(loop)).toThrow(TypeError);
  });
});

describe('parameters', () => {
  // eslint-disable-next-line @typescript-eslint/no-extraneous-class -- as people write their options
  class Options {
    static lr = 0.01;
    static layers = [64, 32];
    static _secret = 1;
    static build(): void {
      /* no value */
    }
  }

  it('flatten to dotted keys; classes are their static fields', () => {
    expect(flatten({ a: 1, model: { name: 'x', size: { w: 2 } }, Options, empty: null })).toEqual({
      a: 1,
      'model.name': 'x',
      'model.size.w': 2,
      'Options.lr': 0.01,
      'Options.layers': [64, 32],
      empty: null,
    });
  });

  it('come back nested, whatever the keys are called', () => {
    const leaves = flatten(JSON.parse('{"__proto__": {"polluted": 1}, "a": {"constructor": 2}}') as object);
    const nested = unflatten(leaves);
    expect(Object.keys(nested)).toEqual(['__proto__', 'a']);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(unflatten({ 'a.b': 1, 'a.c.d': 2, e: 3 })).toEqual({ a: { b: 1, c: { d: 2 } }, e: 3 });
  });

  it('lose nothing when one key goes through another', () => {
    expect(unflatten({ a: 1, 'a.b': 2 })).toEqual({ a: 1, 'a.b': 2 });
    expect(unflatten({ 'a.b': 2, a: 1 })).toEqual({ a: 1, 'a.b': 2 });
  });
});

describe('patterns', () => {
  it.each([
    ['model.pt', '*.pt', true],
    ['a/b/model.pt', '*.pt', true],
    ['a/b/model.pt', '**/model.pt', true],
    ['model.pt', '**/model.pt', true],
    ['model-1.pt', 'model-?.pt', true],
    ['model-1.pt', 'model-[0-3].pt', true],
    ['model-4.pt', 'model-[!0-3].pt', true],
    ['model.ptx', '*.pt', false],
    ['a+b(c).txt', 'a+b(c).txt', true],
    ['aXb', 'a.b', false],
    ['a[', 'a[', true],
  ])('%s and %s: %s', (text, pattern, fits) => {
    expect(fitsGlob(text, pattern)).toBe(fits);
  });
});

it('ids have 19 digits, rise and differ', () => {
  const ids = Array.from({ length: 10_000 }, snowflake);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toEqual(ids.toSorted());
  expect(ids[0]).toMatch(/^\d{19}$/);
});
