import { describe, expect, it } from 'vitest';

import { lenientJson } from './lenient-json.js';

const read = (text: string): unknown => {
  const lenient = lenientJson(text);
  return lenient ? lenient.restore(JSON.parse(lenient.text)) : JSON.parse(text);
};

describe('JSON as Python writes it', () => {
  it('reads the three words wherever a value may stand', () => {
    expect(read('{"a":NaN,"b":[Infinity, -Infinity ,1],"c":{"d":NaN}}')).toEqual({
      a: NaN,
      b: [Infinity, -Infinity, 1],
      c: { d: NaN },
    });
    expect(read('NaN')).toBeNaN();
  });

  it('leaves the same words in texts and keys alone', () => {
    const value = { NaN: 'NaN', 'a "NaN': ['-Infinity', 'x\\'], '\\': 'Infinity' };
    expect(read(JSON.stringify(value))).toEqual(value);
    expect(lenientJson('{"a":1}')).toBeUndefined();
  });

  it.each([
    '{NaN:1}',
    '{"a":NaNNaN}',
    '{"a":--Infinity}',
    '["NaN]',
    '{"a":+NaN}',
    'NaN NaN',
    '{"a":1Infinity}',
    '[Infinity5]',
  ])('still refuses %s', (text) => {
    expect(() => read(text)).toThrow(SyntaxError);
  });

  it('takes a text of megabytes', () => {
    const long = `${'\\"'.repeat(1_000_000)}NaN`;
    expect(read(`["${long}",NaN]`)).toEqual([JSON.parse(`"${long}"`), NaN]);
  });
});
