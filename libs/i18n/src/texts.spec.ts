import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import { AppError, errorTable, issueTexts, LOCALES } from '#contract';
import { errorText, jobName, localise, openedText, queryReason, readJobName, storyOf, text } from '#i18n';

import { errorTexts } from './errors/index.js';
import { interfaceTexts } from './interface.js';
import { queryReasons } from './query-reasons.js';
import { progressTexts } from './progress.js';
import { storyTexts } from './stories.js';

const placeholders = (sentence: string): string[] =>
  [...sentence.matchAll(/\{\{(\w+)\}\}/g)].map((match) => match[1]!).sort();

/** Of texts that are filled before they stand in a sentence. */
const places = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]!).sort();

describe('error texts', () => {
  it.each(Object.keys(errorTable))('%s says the same in five languages', (code) => {
    const texts = errorTexts[code as keyof typeof errorTable];
    const expected = placeholders(texts.en);
    for (const locale of LOCALES) {
      expect(texts[locale]).toMatch(/[.。]$/);
      expect(placeholders(texts[locale])).toEqual(expected);
      // What is wrong, and then what to do about it.
      expect(texts[locale]).toMatch(/(\. |。)\S/);
    }
    expect(new Set(LOCALES.map((locale) => texts[locale])).size).toBe(LOCALES.length);
  });

  // Programs that read DashAI's `detail` read ours.
  it.each([
    ['column-selection-invalid', { reason: '5 > 4' }, 'Column index out of range'],
    ['component-not-downloadable', { name: 'X' }, 'Component X does not require a download'],
    ['component-not-found', { name: 'X' }, 'Component X not found in the registry.'],
    ['component-present', { name: 'X' }, 'Component X is already downloaded'],
    ['conversion-unsupported', { column: 'c', from: 'X', to: 'Y' }, 'Conversion from X to Y is not supported'],
    ['converter-not-found', { id: 7 }, 'Converter list not found'],
    ['dataset-name-empty', {}, 'Name cannot be empty'],
    ['dataset-name-exists', { name: 'iris' }, 'Dataset name already exists'],
    ['dataset-not-finished', { id: 7 }, 'Dataset is not in finished state'],
    ['dataset-not-found', { id: 7 }, 'Dataset not found'],
    ['explainer-not-found', { id: 7 }, 'Explainer not found'],
    ['explainer-scope-unknown', { scope: 'both' }, 'Invalid scope'],
    ['explorer-not-finished', { id: 7 }, 'Explorer is not finished'],
    ['explorer-not-found', { id: 7 }, 'Explorer not found'],
    ['fold-metrics-not-found', {}, 'No fold metrics found for this run'],
    ['folder-not-found', { id: 7 }, 'Folder not found'],
    ['generative-process-not-found', { id: 7 }, 'Generative process with ID 7 does not exist.'],
    ['generative-session-not-found', { id: 7 }, 'Session with ID 7 does not exist.'],
    ['job-not-found', { id: 7 }, 'No job with id=7'],
    ['missing-job-fields', {}, 'Missing job_type or kwargs'],
    ['model-session-not-found', { id: 7 }, 'Model session not found'],
    ['name-empty', {}, 'Name cannot be empty'],
    ['not-implemented', {}, 'Method not implemented'],
    ['not-modified', {}, 'Record not modified'],
    ['notebook-not-found', { id: 7 }, 'Notebook not found'],
    ['path-token-invalid', {}, 'Dataset file not found'],
    ['plugin-not-found', { id: 7 }, 'Plugin not found'],
    ['prediction-not-found', { id: 7 }, 'Prediction not found'],
    ['report-not-found', { id: 7 }, 'Report not found'],
    ['run-not-found', { id: 7 }, 'Run not found'],
    ['run-not-nested', {}, 'Run is not nested CV'],
    ['statistical-test-not-found', { id: 7 }, 'Saved statistical test not found'],
    ['statistical-test-unknown', { name: 'x', known: 'y' }, 'Unknown statistical test: '],
    ['worker-lost', {}, 'Worker process died unexpectedly'],
  ] as const)('%s begins with the words DashAI says it in', (code, values, words) => {
    const said = errorText(code, values, 'en');
    expect(said.slice(0, words.length)).toBe(words);
    expect(said.slice(words.length), 'and then says what to do').toMatch(/ [A-Z].+\.$/);
  });

  it.each([
    ['input-refused', 'Invalid input data: '],
    ['job-undelivered', 'Job not delivered: '],
    ['job-unknown', 'Job not found: '],
    ['notebook-failed', 'Failed to create notebook: '],
    ['preview-failed', 'Failed to load preview with types: '],
    ['types-failed', 'Failed to validate type changes: '],
  ] as const)(
    'what a route of DashAI opens with (%s) stands before the sentence, in five languages',
    (opening, words) => {
      expect(openedText(opening, 'So it is.')).toBe(`${words}So it is.`);
      const all = LOCALES.map((locale) => openedText(opening, 'X', locale));
      expect(new Set(all).size).toBe(LOCALES.length);
      for (const each of all) expect(each).toMatch(/[:：] ?X$/);
    },
  );

  it('are filled with values as they are, without escaping or recursion', () => {
    expect(errorText('job-not-found', { id: '<b>{{x}}$t(internal)</b>' }, 'en')).toBe(
      'No job with id=<b>{{x}}$t(internal)</b>. List the jobs to see the ids.',
    );
    expect(errorText('job-not-found', { id: 7 }, 'zh')).toContain('id=7');
  });

  it.each(Object.entries(queryReasons))('reason %s of a query says the same in five languages', (_key, texts) => {
    for (const locale of LOCALES) {
      expect(texts[locale]).not.toMatch(/[.。]$/);
      expect(places(texts[locale])).toEqual(places(texts.en));
    }
    expect(new Set(LOCALES.map((locale) => texts[locale])).size).toBe(LOCALES.length);
  });

  it('the reason of a query is told in the language of its sentence', () => {
    const values = { position: 8, reason: queryReason('value-due', { found: 'end-of-query' }) };
    expect(errorText('query-invalid', values, 'en')).toBe(
      'The query cannot be read at character 8: a value is due here, not the end of the query. Correct it there and search again.',
    );
    expect(errorText('query-invalid', values, 'de')).toBe(
      'Die Abfrage lässt sich bei Zeichen 8 nicht lesen: hier muss ein Wert stehen, nicht das Ende der Abfrage. Berichtigen Sie sie dort und suchen Sie erneut.',
    );
    for (const found of ['"{{position}}"', '"{position}"']) {
      const hostile = { position: 8, reason: queryReason('value-due', { found }) };
      expect(errorText('query-invalid', hostile, 'zh')).toContain(found);
    }
    const costly = { reason: queryReason('list-too-long', { limit: 5 }) };
    expect(errorText('query-too-costly', costly, 'es')).toContain('5 elementos');
  });

  it("quote texts of ours in the reader's language", () => {
    const reason = { en: 'too many', es: 'demasiados', pt: 'demasiados', de: 'zu viele', zh: '太多' };
    expect(errorText('splits-invalid', { reason }, 'de')).toContain(': zu viele.');
    expect(new AppError('splits-invalid', { reason }).message).toBe('splits-invalid {"reason":"too many"}');
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

  it('names of jobs are English in rows and each reader’s in lists; what people named is left alone', () => {
    const row = jobName('ModelJob', 'Train: Forest 1');
    expect(row).toBe('Train: Train: Forest 1');
    expect(LOCALES.map((locale) => readJobName('ModelJob', row, locale))).toEqual([
      row,
      'Entrenamiento: Train: Forest 1',
      'Treino: Train: Forest 1',
      'Training: Train: Forest 1',
      '训练：Train: Forest 1',
    ]);
    // An explorer that its owner called so, a row of an older release, a type nobody knows.
    for (const type of ['ExplorerJob', 'DatasetJob', 'toString']) expect(readJobName(type, row, 'de')).toBe(row);
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
