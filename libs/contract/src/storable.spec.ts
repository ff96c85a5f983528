import { describe, expect, it } from 'vitest';

import { unstorableCharacter } from './storable.js';

describe('unstorableCharacter', () => {
  it.each([
    ['a\0b', 'U+0000'],
    [{ deep: [1, { text: '\ud800' }] }, 'U+D800'],
    [{ '\udc00': null }, 'U+DC00'],
    ['🚀', undefined],
    [{ a: [null, true, 1.5, 'é\u202e\u200b\n'] }, undefined],
    [undefined, undefined],
  ])('of %j is %s', (value, found) => {
    expect(unstorableCharacter(value)).toBe(found);
  });
});
