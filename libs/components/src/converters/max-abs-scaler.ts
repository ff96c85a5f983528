import { asNumeric, column, createFrame, numericColumn } from '#frame';

import { defineConverter } from '../kit/converter.js';
import { textsOf } from '../kit/texts.js';

import { nonZero, rangeOf } from './value-range.js';

export const maxAbsScaler = defineConverter({
  name: 'MaxAbsScaler',
  category: 'Scaling and normalization',
  columns: { types: ['Float', 'Integer'], min: 1 },
  params: {},
  texts: textsOf(
    {
      en: [
        'Max-Abs Scaler',
        'Divides each column by its largest size, so that values lie between −1 and 1 and 0 stays 0.',
      ],
      es: [
        'Escalador Max-Abs',
        'Divide cada columna por su mayor magnitud: los valores quedan entre −1 y 1 y el 0 sigue en 0.',
      ],
      pt: [
        'Escalonador Max-Abs',
        'Divide cada coluna pela sua maior magnitude: os valores ficam entre −1 e 1 e o 0 continua 0.',
      ],
      de: [
        'Max-Abs-Skalierer',
        'Teilt jede Spalte durch ihren größten Betrag: Die Werte liegen zwischen −1 und 1, und 0 bleibt 0.',
      ],
      zh: ['最大绝对值缩放', '将每一列除以其最大绝对值，使数值位于 −1 与 1 之间，且 0 保持为 0。'],
    },
    {},
  ),
  notes: ['A column of zeros is left as it is. Missing values stay missing.'],

  fit(frame) {
    const sizes = frame.columns.map((source) => {
      const { low, high } = rangeOf(asNumeric(source).values);
      return nonZero(Math.max(Math.abs(low), Math.abs(high)));
    });
    return { names: frame.columns.map(({ name }) => name), sizes: Float64Array.from(sizes) };
  },

  transform({ names, sizes }, frame) {
    const scaled = names.map((name, j) =>
      numericColumn(
        name,
        asNumeric(column(frame, name)).values.map((value) => value / sizes[j]!),
      ),
    );
    return createFrame(scaled, frame.rows);
  },
});
