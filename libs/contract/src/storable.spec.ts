import { describe, expect, it } from 'vitest';

import { findUnstorable, storableText } from './storable.js';

describe('findUnstorable', () => {
  it.each([
    ['a\0b', { character: 'U+0000', field: '' }],
    [{ deep: [1, { text: '\ud800' }] }, { character: 'U+D800', field: 'deep.1.text' }],
    [{ rows: [{ note: 'a' }, { 'b\0': 1 }] }, { character: 'U+0000', field: 'rows.1.b\uFFFD' }],
    [{ '\udc00': null }, { character: 'U+DC00', field: '\uFFFD' }],
    ['🚀', undefined],
    [{ a: [null, true, 1.5, 'é\u202e\u200b\n'] }, undefined],
    [undefined, undefined],
  ])('in %j is %j', (value, found) => {
    expect(findUnstorable(value)).toEqual(found);
  });

  it('names what holds the value', () => {
    expect(findUnstorable('\0', 'name')).toEqual({ character: 'U+0000', field: 'name' });
    expect(findUnstorable([['\0']], 'context')).toEqual({ character: 'U+0000', field: 'context.0.0' });
  });
});

it('a text is stored with a mark for each character that cannot be', () => {
  expect(storableText('a\0b\ud800🚀')).toBe('a\uFFFDb\uFFFD🚀');
});
