import i18next from 'i18next';

import { type ErrorCode, type ErrorValues, errorTable, LOCALES, type Locale, type LocalText } from '#contract';

import { errorTexts } from './errors/index.js';
import { importNotes } from './import-notes.js';
import { interfaceTexts } from './interface.js';
import { localise } from './localise.js';
import { noteTexts } from './notes.js';
import { predictionNotes } from './prediction-notes.js';
import { progressTexts } from './progress.js';
import { storyTexts } from './stories.js';

/** Keys of the texts that are not errors: what jobs report and what our page shows. */
export type TextKey =
  | keyof typeof importNotes
  | keyof typeof progressTexts
  | keyof typeof interfaceTexts
  | keyof typeof noteTexts
  | keyof typeof predictionNotes;

const inLanguage = (texts: Readonly<Record<string, LocalText>>, locale: Locale): Record<string, string> =>
  Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, text[locale]]));

const translator = i18next.createInstance();
void translator.init({
  initAsync: false,
  fallbackLng: 'en',
  supportedLngs: [...LOCALES],
  ns: ['errors', 'texts'],
  defaultNS: 'texts',
  keySeparator: false,
  nsSeparator: false,
  interpolation: { escapeValue: false, skipOnVariables: true },
  missingInterpolationHandler: () => '?',
  resources: Object.fromEntries(
    LOCALES.map((locale) => [
      locale,
      {
        errors: inLanguage(errorTexts, locale),
        texts: inLanguage(
          { ...importNotes, ...progressTexts, ...interfaceTexts, ...noteTexts, ...predictionNotes, ...storyTexts },
          locale,
        ),
      },
    ]),
  ),
});

const worded = (values: ErrorValues, locale: Locale): object => localise(values, locale) as object;

/** The sentence of an error in the reader's language, filled with its values; an unknown code reads as `internal`. */
export function errorText(code: string, values: ErrorValues = {}, locale: Locale = 'en'): string {
  const known: ErrorCode = Object.hasOwn(errorTable, code) ? (code as ErrorCode) : 'internal';
  return translator.t(known, { ns: 'errors', lng: locale, replace: worded(values, locale) });
}

/** A progress or interface text by its key; a key nobody knows (a text of an older release) is answered as it is. */
export function text(key: string, values: ErrorValues = {}, locale: Locale = 'en'): string {
  return translator.t(key, { lng: locale, replace: worded(values, locale) });
}

/** The sentence of an error or of a note, whichever the code is of. */
export function problemText(code: string, values: ErrorValues = {}, locale: Locale = 'en'): string {
  return Object.hasOwn(noteTexts, code) ? text(code, values, locale) : errorText(code, values, locale);
}
