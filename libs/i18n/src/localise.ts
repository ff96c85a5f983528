import { LOCALES, type Locale } from '#contract';

/** A copy of plain data in which every object with exactly the five language keys is replaced by the reader's text. */
export function localise(value: unknown, locale: Locale): unknown {
  if (Array.isArray(value)) return value.map((item) => localise(item, locale));
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (isLocalText(value)) return value[locale];
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, localise(item, locale)]));
}

function isLocalText(value: object): value is Record<Locale, string> {
  return Object.keys(value).length === LOCALES.length && LOCALES.every((locale) => Object.hasOwn(value, locale));
}
