import { type ErrorValues, LOCALES, type Locale } from '#contract';
import { text, type TextKey } from '#i18n';

const KEY = 'millrace-language';
const NAMES: Readonly<Record<Locale, string>> = {
  en: 'English',
  es: 'Español',
  pt: 'Português',
  de: 'Deutsch',
  zh: '中文',
};

const known = (code: string | null | undefined): Locale | undefined => LOCALES.find((locale) => locale === code);

/** The language chosen before, else the browser's first that we have, else English. */
export function readLanguage(): Locale {
  const wanted = navigator.languages.map((tag) => known(tag.split('-')[0]?.toLowerCase()));
  return known(localStorage.getItem(KEY)) ?? wanted.find((locale) => locale !== undefined) ?? 'en';
}

/** For this browser, from now on. */
export function keepLanguage(locale: Locale): void {
  localStorage.setItem(KEY, locale);
}

/** Codes with the names their speakers use. */
export const languageNames = (): [Locale, string][] => LOCALES.map((locale) => [locale, NAMES[locale]]);

/** Looks texts up in one language. */
export type Say = (key: TextKey, values?: ErrorValues) => string;
export const sayIn =
  (locale: Locale): Say =>
  (key, values) =>
    text(key, values, locale);
