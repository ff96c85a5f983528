import { cellAt, column } from '#frame';
import { barsFigure, countText, figureArtifact } from '#plots';

import { defineExplorer } from '../../libs/components/src/kit/explorer.js';
import { textsOf } from '../../libs/components/src/kit/texts.js';

export const missingValuesExplorer = defineExplorer({
  name: 'MissingValuesExplorer',
  group: 'Preview / inspection',
  columns: { types: ['*'] },
  params: {},
  texts: textsOf(
    {
      en: ['Missing values', 'Counts the rows without a value, column by column.'],
      es: ['Valores ausentes', 'Cuenta las filas sin valor, columna por columna.'],
      pt: ['Valores ausentes', 'Conta as linhas sem valor, coluna a coluna.'],
      de: ['Fehlende Werte', 'Zählt Spalte für Spalte die Zeilen ohne Wert.'],
      zh: ['缺失值', '逐列统计没有值的行数。'],
    },
    {},
  ),

  explore(frame, columns, _params, { tick }) {
    const bars = columns.map((name, done) => {
      tick?.(done, columns.length);
      const source = column(frame, name);
      let value = 0;
      for (let row = 0; row < frame.rows; row++) if (cellAt(source, row) === null) value++;
      return { name, value };
    });
    const labels = { title: 'Missing values', note: `of ${countText(frame.rows)} rows`, y: 'rows' };
    return [figureArtifact(barsFigure(labels, bars))];
  },
});
