import { LOCALES, type Locale, type StorySentence } from '#contract';

import { storyTexts } from './stories.js';
import { text } from './texts.js';

const SIGNIFICANT_DIGITS = 4;

/** A story in every language at once, numbers as each writes them; null without a sentence anybody knows. */
export function storyOf(sentences: readonly StorySentence[] | undefined): Record<Locale, string> | null {
  const known = (sentences ?? []).filter(({ code }) => Object.hasOwn(storyTexts, code));
  if (known.length === 0) return null;
  return Object.fromEntries(LOCALES.map((locale) => [locale, tell(known, locale)])) as Record<Locale, string>;
}

function tell(sentences: readonly StorySentence[], locale: Locale): string {
  const numbers = new Intl.NumberFormat(locale, { maximumSignificantDigits: SIGNIFICANT_DIGITS });
  const written = sentences.map(({ code, values }) => {
    const entries = Object.entries(values).map(([key, value]) => [
      key,
      typeof value === 'number' ? numbers.format(value) : value,
    ]);
    return text(code, Object.fromEntries(entries) as Record<string, string>, locale);
  });
  return written.join(locale === 'zh' ? '' : ' ');
}
