import { describe, expect, it } from 'vitest';

import { eachText, joinWords, phrase } from './words.js';

const texts = {
  en: '{n} of {what}',
  es: '{n} de {what}',
  pt: '{n} de {what}',
  de: '{n} von {what}',
  zh: '{what} 的 {n}',
};
const rows = { en: 'rows', es: 'filas', pt: 'linhas', de: 'Zeilen', zh: '行' };

describe('words', () => {
  it('are filled in every language, also with words', () => {
    expect(phrase(texts, { n: 3, what: rows })).toEqual({
      en: '3 of rows',
      es: '3 de filas',
      pt: '3 de linhas',
      de: '3 von Zeilen',
      zh: '行 的 3',
    });
  });

  it('leave a place nobody fills, and what a value looks like a place to', () => {
    expect(phrase(texts, { n: '{what}', what: '$&' })).toMatchObject({ en: '{what} of $&' });
    expect(phrase(texts)).toEqual(texts);
  });

  it('stay plain text until one of them has languages', () => {
    expect(joinWords(['a', 'b'], '; ')).toBe('a; b');
    expect(joinWords(['a', rows], '; ')).toMatchObject({ en: 'a; rows', de: 'a; Zeilen' });
    expect(eachText('a', (text) => text.toUpperCase())).toBe('A');
    expect(eachText(rows, (text) => `(${text})`)).toMatchObject({ en: '(rows)', pt: '(linhas)' });
  });
});
