import { AppError } from '#contract';
import { asCategorical, column, createFrame, numericColumn, sharedFloats, typeEntry } from '#frame';

import { freeName } from '../kit/columns.js';
import { defineConverter } from '../kit/converter.js';
import { textsOf } from '../kit/texts.js';

import { presentCategories, tally } from './one-hot-plan.js';

export const labelEncoder = defineConverter({
  name: 'LabelEncoder',
  category: 'Encoding',
  columns: { types: ['Categorical'], min: 1 },
  params: {},
  texts: textsOf(
    {
      en: ['Label Encoder', 'Adds a column of numbers beside each column of categories.'],
      es: ['Codificador de Etiquetas', 'Añade una columna de números junto a cada columna de categorías.'],
      pt: ['Codificador de Rótulos', 'Acrescenta uma coluna de números ao lado de cada coluna de categorias.'],
      de: ['Label-Kodierer', 'Fügt neben jeder Kategorienspalte eine Spalte mit Nummern an.'],
      zh: ['标签编码', '为每个类别列添加一列编号。'],
    },
    {},
  ),
  notes: [
    'The columns stay; the new ones are called encoded_ and their name. Numbers follow the order of the categories; a missing value stays missing.',
  ],

  fit(frame) {
    const taken = new Set(frame.columns.map(({ name }) => name));
    const plans = frame.columns.map((source) => ({
      name: source.name,
      output: freeName(`encoded_${source.name}`, taken),
      known: presentCategories(tally(asCategorical(source))).filter((value) => value !== null),
    }));
    return { plans };
  },

  transform({ plans }, frame) {
    const encoded = (plans as readonly Plan[]).map(({ name, output, known }) => {
      const { codes, dictionary } = asCategorical(column(frame, name));
      const places = new Map(known.map((value, place) => [value, place]));
      const values = sharedFloats(frame.rows);
      codes.forEach((code, row) => {
        const place = code < 0 ? NaN : places.get(dictionary[code]!);
        if (place === undefined) throw new AppError('category-unseen', { column: name, value: dictionary[code]! });
        values[row] = place;
      });
      return numericColumn(output, values, typeEntry('Integer'));
    });
    return createFrame([...frame.columns, ...encoded], frame.rows);
  },
});

interface Plan {
  readonly name: string;
  readonly output: string;
  readonly known: readonly string[];
}
