import { describe, expect, it } from 'vitest';

import { decodeState, encodeState } from './state-codec.js';

const state = {
  name: 'forest',
  deep: { list: [1, null, { flag: true }], numbers: [Number.NaN, -Infinity, -0, 0.1] },
  trees: Float64Array.of(1, Number.NaN, -0),
  codes: Int32Array.of(-1, 2, 3),
  bytes: Uint8Array.of(1, 2, 3),
  empty: new Float32Array(0),
  ['__proto__x']: 'plain',
};
const code = (work: () => unknown): unknown => {
  try {
    work();
  } catch (error) {
    return (error as { code?: string }).code ?? (error as Error).name;
  }
  return undefined;
};

describe('state codec', () => {
  it('brings back what was put in', () => {
    expect(decodeState(encodeState(state))).toEqual(state);
  });

  it('reads from a buffer of a pool', () => {
    const pooled = Buffer.concat([Buffer.from('xyz'), encodeState(state)]).subarray(3);
    expect(decodeState(pooled)).toEqual(state);
  });

  it('gives equal bytes for equal states, also on shared memory', () => {
    const shared = new Float64Array(new SharedArrayBuffer(24));
    shared.set(state.trees);
    expect(encodeState({ ...state, trees: shared })).toEqual(encodeState(state));
  });

  it('refuses bytes of which any one was changed', () => {
    const bytes = encodeState({ a: Float64Array.of(1, 2), b: 'text' });
    for (let i = 0; i < bytes.length; i++) {
      const changed = bytes.slice();
      changed[i]! ^= 1;
      expect(
        code(() => decodeState(changed)),
        `byte ${i}`,
      ).toBe('state-unreadable');
    }
  });

  it('refuses bytes that were cut short', () => {
    const bytes = encodeState(state);
    for (const length of [0, 15, 16, bytes.length - 1])
      expect(code(() => decodeState(bytes.subarray(0, length)))).toBe('state-unreadable');
  });

  it.each([
    ['a function', { f: () => 1 }, 'state.f is a function'],
    ['a date', { at: new Date(0) }, 'state.at is a Date'],
    ['a map', { trees: [{}, { map: new Map() }] }, 'state.trees[1].map is a Map'],
    ['a key of its own', { $array: [] }, 'a key $array'],
  ])('cannot hold %s, and says where it is', (_, bad, told) => {
    expect(() => encodeState(bad)).toThrow(RangeError);
    expect(() => encodeState(bad)).toThrow(told);
  });
});
