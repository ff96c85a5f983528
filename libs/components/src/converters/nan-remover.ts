import type { Column } from '#frame';

import { defineRowConverter } from '../kit/converter.js';
import { textsOf } from '../kit/texts.js';

export const nanRemover = defineRowConverter({
  name: 'NanRemover',
  category: 'Basic preprocessing',
  columns: { types: ['*'], min: 1 },
  params: {},
  texts: textsOf(
    {
      en: ['NaN Remover', 'Removes rows that lack a value in any of the chosen columns.'],
      es: ['Removedor de NaN', 'Elimina las filas sin valor en alguna de las columnas elegidas.'],
      pt: ['Removedor de NaN', 'Remove as linhas sem valor em alguma das colunas escolhidas.'],
      de: ['NaN-Entferner', 'Entfernt Zeilen, denen in einer der gewählten Spalten ein Wert fehlt.'],
      zh: ['缺失值移除', '移除在任一所选列中缺少值的行。'],
    },
    {},
  ),
  notes: [
    'In columns of words also an empty text and words such as None, NaN, N/A or null count as missing.',
    'All columns stay, in scope or not. A step that would remove every row is an error.',
  ],
  rowByRow: true,

  resample(frame) {
    const whole = new Uint8Array(frame.rows).fill(1);
    for (const source of frame.columns)
      for (let row = 0; row < frame.rows; row++) if (isMissing(source, row)) whole[row] = 0;
    const kept: number[] = [];
    whole.forEach((one, row) => {
      if (one) kept.push(row);
    });
    return { kept: Int32Array.from(kept), made: null };
  },
});

/** How people write that there is no value, as the reference platform knows it. */
const NOTHING = new Set(['', '.', '<na>', 'missing', 'n/a', 'na', 'nan', 'nil', 'none', 'null', 'undefined']);

function isMissing(source: Column, row: number): boolean {
  if (source.kind === 'numeric') return Number.isNaN(source.values[row]);
  const word = source.kind === 'categorical' ? source.dictionary[source.codes[row]!] : source.values[row];
  return word === undefined || word === null || NOTHING.has(word.trim().toLowerCase());
}
