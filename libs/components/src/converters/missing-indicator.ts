import { createFrame, numericColumn, typeEntry, type Column } from '#frame';

import { freeName } from '../kit/columns.js';
import { defineConverter } from '../kit/converter.js';
import { textsOf } from '../kit/texts.js';

export const missingIndicator = defineConverter({
  name: 'MissingIndicator',
  category: 'Basic preprocessing',
  columns: { types: ['*'], min: 1 },
  params: {},
  texts: textsOf(
    {
      en: ['Missing Indicator', 'Adds a column of 0 and 1 beside each column, with 1 where it has no value.'],
      es: ['Indicador de Faltantes', 'Añade una columna de 0 y 1 junto a cada columna, con 1 donde no tiene valor.'],
      pt: ['Indicador de Ausentes', 'Acrescenta uma coluna de 0 e 1 ao lado de cada coluna, com 1 onde não tem valor.'],
      de: ['Lückenanzeiger', 'Fügt neben jeder Spalte eine aus 0 und 1 an, mit 1, wo ihr ein Wert fehlt.'],
      zh: ['缺失标记', '为每一列添加一列 0 和 1，在其缺少值处为 1。'],
    },
    {},
  ),
  notes: [
    'The columns stay. Every column in scope gets one called missingindicator_ and its name, also without gaps; an empty text counts as missing.',
  ],

  fit(frame) {
    const taken = new Set(frame.columns.map(({ name }) => name));
    return { flags: frame.columns.map(({ name }) => freeName(`missingindicator_${name}`, taken)) };
  },

  transform({ flags }, frame) {
    const added = frame.columns.map((source, at) =>
      numericColumn(
        flags[at]!,
        Float64Array.from({ length: frame.rows }, (_, row) => (isEmpty(source, row) ? 1 : 0)),
        typeEntry('Integer'),
      ),
    );
    return createFrame([...frame.columns, ...added], frame.rows);
  },
});

function isEmpty(source: Column, row: number): boolean {
  if (source.kind === 'numeric') return Number.isNaN(source.values[row]);
  const word = source.kind === 'categorical' ? source.dictionary[source.codes[row]!] : source.values[row];
  return word === undefined || word === null || word === '';
}
