import { describe, expect, it } from 'vitest';

import { temporaryTables } from '../../test/temporary-tables.js';

import { findInvalidUtf8, openText } from './text-source.js';

const t = temporaryTables();
const found = async (...parts: readonly (string | number)[]) => {
  const bytes = parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part])));
  return findInvalidUtf8(await openText(await t.file(Buffer.concat(bytes)), { encoding: 'utf-8' }));
};
const wrong = (line: number) => ({ code: 'file-encoding-wrong', values: { line } });
const MEBIBYTE = 2 ** 20;

describe('bytes that are no UTF-8', () => {
  it.each([
    ['in the first line', ['caf', 0xe9, ' x\n'], 1],
    ['in a line of its own', ['a\n\nb', 0xff, '\nc\n'], 3],
    ['as the last one', ['a\n', 0xc3], 2],
    ['that begin no character', ['a\nb\n', 0x80, 'c'], 3],
  ])('are told with their line: %s', async (_, parts, line) => {
    expect(await found(...parts)).toMatchObject(wrong(line));
  });

  // What is read at once ends at each byte of a character of two, three and four.
  it.each(['é', '語', '😀'].flatMap((character) => ['', 'x', 'xx', 'xxx'].map((lead) => [lead, character] as const)))(
    'are found behind a mebibyte that has no line end: %s%s…',
    async (lead, character) => {
      const text = `a\n${lead}${character.repeat(MEBIBYTE / Buffer.byteLength(character))}`;
      expect(await found(text)).toBeUndefined();
      expect(await found(text, 0xe9, '\nb')).toMatchObject(wrong(2));
      expect(await found(text, '\n', 0xe9)).toMatchObject(wrong(3));
    },
  );
});
