import type { z } from 'zod';
import { de, en, es, pt, zhCN } from 'zod/locales';

import { type Locale, type LocalText, inEveryLanguage } from './locales.js';

const maps: Readonly<Record<Locale, z.core.$ZodErrorMap>> = {
  en: en().localeError,
  es: es().localeError,
  pt: pt().localeError,
  de: de().localeError,
  zh: zhCN().localeError,
};

/** Zod's own issue texts in a language, to pass as `{ error }` when parsing what a person sent. */
export const issueTexts = (locale: Locale): z.core.$ZodErrorMap => maps[locale];

/**
 * Why a schema refuses this value, in every language: its first issue and, in a nested value, where, after the first `known` names
 * of the path.
 */
export const refusalText = (schema: z.ZodType, value: unknown, known = 0): LocalText =>
  inEveryLanguage((locale) => {
    const issue = schema.safeParse(value, { error: maps[locale] }).error?.issues[0];
    return [issue?.path.slice(known).map(String).join('.'), issue?.message].filter((part) => part).join(': ');
  });
