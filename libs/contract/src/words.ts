import { inEveryLanguage, type Locale, type LocalText } from './locales.js';

/** A text as it is, such as a column's name, or one in every language, of which the reader gets theirs. */
export type Words = string | LocalText;

/** The words in one language. */
export const wordsIn = (words: Words, locale: Locale): string => (typeof words === 'string' ? words : words[locale]);

/** The words with the same done to them in every language. */
export const eachText = (words: Words, change: (text: string) => string): Words =>
  typeof words === 'string' ? change(words) : inEveryLanguage((locale) => change(words[locale]));

/** A text in every language with its `{places}` filled; what fills one may have a language of its own. */
export function phrase(texts: LocalText, values: Readonly<Record<string, Words | number>> = {}): LocalText {
  const filled = (locale: Locale, place: string, name: string): string => {
    const value = values[name];
    return value === undefined ? place : typeof value === 'number' ? String(value) : wordsIn(value, locale);
  };
  return inEveryLanguage((locale) =>
    texts[locale].replaceAll(/\{(\w+)\}/g, (place, name: string) => filled(locale, place, name)),
  );
}

/** The words one after another; plain text when all of them are. */
export const joinWords = (parts: readonly Words[], between: string): Words =>
  parts.every((part) => typeof part === 'string')
    ? parts.join(between)
    : inEveryLanguage((locale) => parts.map((part) => wordsIn(part, locale)).join(between));
