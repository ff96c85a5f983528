import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { errorTable, LOCALES } from '#contract';
import { errorText, issueTexts, localise, storyOf, text } from '#i18n';

import { errorTexts } from './errors/index.js';
import { interfaceTexts } from './interface.js';
import { progressTexts } from './progress.js';
import { storyTexts } from './stories.js';

const placeholders = (sentence: string): string[] =>
  [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]!).sort();

describe('error texts', () => {
  it.each(Object.keys(errorTable))('%s says the same in five languages', (code) => {
    const texts = errorTexts[code as keyof typeof errorTable];
    const expected = placeholders(texts.en);
    for (const locale of LOCALES) {
      expect(texts[locale]).toMatch(/[.。]$/);
      expect(placeholders(texts[locale])).toEqual(expected);
    }
    expect(new Set(LOCALES.map((locale) => texts[locale])).size).toBe(LOCALES.length);
  });

  it('are filled with values as they are, without escaping or recursion', () => {
    expect(errorText('job-not-found', { id: '<b>{{x}}$t(internal)</b>' }, 'en')).toBe(
      'No job with id=<b>{{x}}$t(internal)</b>. List the jobs to see the ids.',
    );
    expect(errorText('job-not-found', { id: 7 }, 'zh')).toContain('id=7');
  });

  it('reads an unknown code as internal and a missing value as a question mark', () => {
    expect(errorText('nonsense', {}, 'de')).toBe(errorText('internal', {}, 'de'));
    expect(errorText('toString', {}, 'de')).toBe(errorText('internal', {}, 'de'));
    expect(errorText('job-not-found')).toContain('id=?');
  });
});

describe('other texts', () => {
  it('exist in five languages and answer unknown keys as they are', () => {
    for (const texts of Object.values({ ...progressTexts, ...interfaceTexts })) {
      for (const locale of LOCALES) expect(texts[locale]).not.toBe('');
    }
    expect(text('training', {}, 'es')).toBe('Entrenando');
    expect(text('something else. With: signs')).toBe('something else. With: signs');
  });

  it('stories fill the same numbers in every language, written as each writes them', () => {
    for (const texts of Object.values(storyTexts)) {
      for (const locale of LOCALES) expect(placeholders(texts[locale])).toEqual(placeholders(texts.en));
      expect(new Set(LOCALES.map((locale) => texts[locale])).size).toBe(LOCALES.length);
    }
    const told = storyOf([
      { code: 'importance-second', values: { feature: '<b>{{fall}}', fall: 0.123456 } },
      { code: 'nobody-knows', values: {} },
    ]);
    expect(told!.en).toBe('Next comes "<b>{{fall}}" with a fall of 0.1235.');
    expect(told!.de).toContain('0,1235');
    expect([storyOf([]), storyOf(undefined), storyOf([{ code: 'toString', values: {} }])]).toEqual([null, null, null]);
  });

  it('localise replaces exactly the five-key objects', () => {
    const name = { en: 'Tree', es: 'Árbol', pt: 'Árvore', de: 'Baum', zh: '树' };
    const when = new Date(0);
    expect(localise([{ name, when, other: { en: 'x', es: 'y' }, wide: { ...name, fr: 'Arbre' } }], 'de')).toEqual([
      { name: 'Baum', when, other: { en: 'x', es: 'y' }, wide: { ...name, fr: 'Arbre' } },
    ]);
  });

  it('zod issues speak the language', () => {
    const messages = LOCALES.map(
      (locale) => z.string().safeParse(1, { error: issueTexts(locale) }).error!.issues[0]!.message,
    );
    expect(new Set(messages).size).toBe(LOCALES.length);
  });
});
