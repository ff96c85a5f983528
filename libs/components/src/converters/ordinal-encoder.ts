import { AppError, choice, float, int, orNull, phrase, string, union } from '#contract';
import { asCategorical, column, createFrame, numericColumn, sharedFloats, typeEntry } from '#frame';

import { defineConverter } from '../kit/converter.js';
import { textsOf } from '../kit/texts.js';

import { givenCategories, presentCategories, rareCategories, tally } from './one-hot-plan.js';
import { oneHotTexts } from './one-hot-texts.js';
import { refusals } from './refusal-words.js';

const { categories, dtype, min_frequency, max_categories } = oneHotTexts.params;

export const ordinalEncoder = defineConverter({
  name: 'OrdinalEncoder',
  category: 'Encoding',
  columns: { types: ['Categorical'], min: 1 },
  params: {
    categories: string({ default: 'auto' }),
    dtype: choice({ default: 'int64', options: ['int32', 'int64'] }),
    handle_unknown: choice({ default: 'error', options: ['error', 'use_encoded_value'] }),
    unknown_value: orNull(int({ default: 0 })),
    min_frequency: orNull(
      union({ default: null, of: [int({ default: 1, min: 1 }), float({ default: 0, min: 0, max: 1 })] }),
    ),
    max_categories: orNull(int({ default: 1, min: 1 })),
  },
  rules: [
    {
      kind: 'relevance',
      field: 'unknown_value',
      when: {
        n: 'cmp',
        op: 'eq',
        a: { n: 'field', f: 'handle_unknown' },
        b: { n: 'lit', v: 'use_encoded_value' },
      },
      effect: 'disable',
      reason: {
        en: 'Only used where unknown values get a code.',
        es: 'Solo se usa cuando los valores desconocidos reciben un código.',
        pt: 'Só é usado quando os valores desconhecidos recebem um código.',
        de: 'Nur in Gebrauch, wo unbekannte Werte eine Nummer bekommen.',
        zh: '仅在为未知值分配编码时使用。',
      },
    },
  ],
  texts: textsOf(
    {
      en: ['Ordinal Encoder', 'Replaces each category by its number, in the order of the categories.'],
      es: ['Codificador Ordinal', 'Sustituye cada categoría por su número, en el orden de las categorías.'],
      pt: ['Codificador Ordinal', 'Substitui cada categoria pelo seu número, pela ordem das categorias.'],
      de: ['Ordinal-Kodierer', 'Ersetzt jede Kategorie durch ihre Nummer in der Reihenfolge der Kategorien.'],
      zh: ['序数编码', '按类别的顺序，将每个类别替换为其序号。'],
    },
    {
      categories,
      dtype,
      handle_unknown: {
        en: ['Unknown values', 'For values not learnt from: stop (`error`), or write a code of their own.'],
        es: ['Valores desconocidos', 'Para valores no aprendidos: detenerse (`error`) o escribir un código propio.'],
        pt: ['Valores desconhecidos', 'Para valores não aprendidos: parar (`error`) ou escrever um código próprio.'],
        de: ['Unbekannte Werte', 'Bei nicht gelernten Werten: abbrechen (`error`) oder eine eigene Nummer schreiben.'],
        zh: ['未知值', '对于未学习过的值：报错停止（`error`），或写入专用编码。'],
      },
      unknown_value: {
        en: ['Code of unknown values', 'A whole number that no category has; empty leaves them without a value.'],
        es: ['Código de los desconocidos', 'Un entero que ninguna categoría tiene; vacío los deja sin valor.'],
        pt: ['Código dos desconhecidos', 'Um inteiro que nenhuma categoria tem; vazio deixa-os sem valor.'],
        de: ['Nummer unbekannter Werte', 'Eine ganze Zahl, die keine Kategorie hat; leer lässt sie ohne Wert.'],
        zh: ['未知值的编码', '任何类别都未使用的整数；留空则视为缺失。'],
      },
      min_frequency,
      max_categories,
    },
  ),
  notes: [
    'Categories stand in the order of the column: as numbers when all are numbers, else by code points. A missing value stays missing.',
    'Infrequent categories share the code after the last frequent one.',
  ],

  fit(frame, _, params) {
    const count = frame.columns.length;
    const plans = frame.columns.map((source, index) => {
      const tallies = tally(asCategorical(source));
      const known = (
        params.categories.trim() === 'auto'
          ? presentCategories(tallies)
          : givenCategories(params.categories, index, count)
      ).filter((value) => value !== null);
      const stranger = [...tallies].find(([value, times]) => times > 0 && value !== null && !known.includes(value));
      if (stranger && params.handle_unknown === 'error')
        throw new AppError('category-unseen', { column: source.name, value: String(stranger[0]) });
      const rare = rareCategories(
        known.map((value) => tallies.get(value) ?? 0),
        frame.rows,
        params,
      );
      const frequent = known.length - rare.size;
      let next = 0;
      const codes = known.map((_word, at) => (rare.has(at) ? frequent : next++));
      const used = frequent + (rare.size > 0 ? 1 : 0);
      const { unknown_value: own, handle_unknown } = params;
      if (handle_unknown === 'use_encoded_value' && own !== null && own >= 0 && own < used)
        throw new AppError('parameters-invalid', {
          parameter: 'unknown_value',
          reason: phrase(refusals.codeTaken, { code: own, column: source.name, last: used - 1 }),
        });
      return { name: source.name, known, codes };
    });
    return { plans };
  },

  transform({ plans }, frame, { handle_unknown, unknown_value, dtype: storage }) {
    const type = { ...typeEntry('Integer'), dtype: storage };
    const encoded = (plans as readonly Plan[]).map(({ name, known, codes }) => {
      const source = asCategorical(column(frame, name));
      const places = new Map(known.map((value, at) => [value, codes[at]!]));
      const outputs = source.dictionary.map((word) => places.get(word));
      const values = sharedFloats(frame.rows);
      for (let row = 0; row < frame.rows; row++) {
        const code = source.codes[row]!;
        const output = code < 0 ? NaN : outputs[code];
        if (output === undefined && handle_unknown === 'error')
          throw new AppError('category-unseen', { column: name, value: source.dictionary[code]! });
        values[row] = output ?? unknown_value ?? NaN;
      }
      return numericColumn(name, values, type);
    });
    return createFrame(encoded, frame.rows);
  },
});

interface Plan {
  readonly name: string;
  readonly known: readonly string[];
  readonly codes: readonly number[];
}
