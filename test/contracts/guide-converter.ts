import { asNumeric, column, createFrame, numericColumn } from '#frame';

import { defineConverter } from '../../libs/components/src/kit/converter.js';
import { textsOf } from '../../libs/components/src/kit/texts.js';

export const unitScaler = defineConverter({
  name: 'UnitScaler',
  category: 'Scaling and normalization',
  columns: { types: ['Float', 'Integer'] },
  params: {},
  texts: textsOf(
    {
      en: ['Unit Scaler', 'Brings each column between 0 and 1.'],
      es: ['Escalador unitario', 'Lleva cada columna entre 0 y 1.'],
      pt: ['Escalonador unitário', 'Leva cada coluna para entre 0 e 1.'],
      de: ['Einheitsskalierer', 'Bringt jede Spalte zwischen 0 und 1.'],
      zh: ['单位缩放', '将每一列缩放到 0 与 1 之间。'],
    },
    {},
  ),

  fit(frame) {
    const ranges = frame.columns.map((source) => {
      const known = asNumeric(source).values.filter(Number.isFinite);
      const low = known.reduce((least, value) => Math.min(least, value), Infinity);
      const high = known.reduce((most, value) => Math.max(most, value), -Infinity);
      // A column that is constant or empty is moved, not stretched.
      return { name: source.name, low: Number.isFinite(low) ? low : 0, width: high > low ? high - low : 1 };
    });
    return { ranges };
  },

  transform({ ranges }, frame) {
    const scaled = ranges.map(({ name, low, width }) => {
      const { values } = asNumeric(column(frame, name));
      return numericColumn(
        name,
        values.map((value) => (value - low) / width),
      );
    });
    return createFrame(scaled, frame.rows);
  },
});
