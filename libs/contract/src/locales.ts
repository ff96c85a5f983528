/** The languages every text exists in; the first is the fallback. */
export const LOCALES = ['en', 'es', 'pt', 'de', 'zh'] as const;
/** A language by its primary subtag. */
export type Locale = (typeof LOCALES)[number];
/** One text in every language; a missing one does not compile. */
export type LocalText = Readonly<Record<Locale, string>>;

/** A value per language. */
export const inEveryLanguage = <T>(of: (locale: Locale) => T): Readonly<Record<Locale, T>> =>
  Object.fromEntries(LOCALES.map((locale) => [locale, of(locale)])) as unknown as Readonly<Record<Locale, T>>;

/** The reader's language from an `Accept-Language` header: its first entry's primary subtag, else English. */
export function localeOf(acceptLanguage: string | undefined): Locale {
  if (acceptLanguage === undefined) return 'en';
  const first = acceptLanguage.split(',')[0]!.split(';')[0]!.split('-')[0]!.trim().toLowerCase();
  return LOCALES.find((locale) => locale === first) ?? 'en';
}
