import { describe, expect, it } from 'vitest';

import { LOCALES, type LocalText } from '#contract';

import { words as explainerWords } from '../explainers/explainer-words.js';
import { words as explorerWords } from '../explorers/explorer-words.js';
import { words as searchWords } from '../optimizers/search-words.js';
import { levelWords, words as reportWords } from '../reports/report-words.js';

const all = { explainerWords, explorerWords, levelWords, reportWords, searchWords };
const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort();

describe.each(Object.entries<Readonly<Record<string, LocalText>>>(all))('%s', (_, words) => {
  it.each(Object.entries(words))('%s has the same places in every language', (_name, text) => {
    for (const locale of LOCALES) {
      expect(text[locale]).not.toBe('');
      expect(places(text[locale]), locale).toEqual(places(text.en));
    }
  });
});
