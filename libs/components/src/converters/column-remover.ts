import { createFrame } from '#frame';

import { defineConverter } from '../kit/converter.js';
import { textsOf } from '../kit/texts.js';

export const columnRemover = defineConverter({
  name: 'ColumnRemover',
  category: 'Basic preprocessing',
  columns: { types: ['*'], min: 1 },
  params: {},
  texts: textsOf(
    {
      en: ['Column Remover', 'Removes the chosen columns.'],
      es: ['Removedor de Columnas', 'Elimina las columnas elegidas.'],
      pt: ['Removedor de Colunas', 'Remove as colunas escolhidas.'],
      de: ['Spaltenentferner', 'Entfernt die gewählten Spalten.'],
      zh: ['列移除', '移除所选的列。'],
    },
    {},
  ),
  notes: ['At least one column stays: removing all of them is an error.'],

  fit: () => ({}),
  transform: (_, frame) => createFrame([], frame.rows),
});
