import type { z } from 'zod';
import { de, en, es, pt, zhCN } from 'zod/locales';

import type { Locale } from '#contract';

const maps: Readonly<Record<Locale, z.core.$ZodErrorMap>> = {
  en: en().localeError,
  es: es().localeError,
  pt: pt().localeError,
  de: de().localeError,
  zh: zhCN().localeError,
};

/** Zod's own issue texts in a language, to pass as `{ error }` when parsing what a person sent. */
export const issueTexts = (locale: Locale): z.core.$ZodErrorMap => maps[locale];
