import { bool } from '#contract';
import { asNumeric, column, createFrame, numericColumn } from '#frame';

import { defineConverter } from '../kit/converter.js';
import { textsOf } from '../kit/texts.js';

export const standardScaler = defineConverter({
  name: 'StandardScaler',
  category: 'Scaling and normalization',
  columns: { types: ['Float', 'Integer'], min: 1 },
  params: { with_mean: bool({ default: true }), with_std: bool({ default: true }) },
  texts: textsOf(
    {
      en: ['Standard Scaler', 'Shifts each column to mean 0 and stretches it to standard deviation 1.'],
      es: ['Estandarizador', 'Desplaza cada columna a media 0 y la escala a desviación estándar 1.'],
      pt: ['Padronizador', 'Desloca cada coluna para média 0 e ajusta-a para desvio padrão 1.'],
      de: ['Standardisierer', 'Verschiebt jede Spalte auf Mittelwert 0 und streckt sie auf Standardabweichung 1.'],
      zh: ['标准化', '将每一列平移至均值 0，并缩放至标准差 1。'],
    },
    {
      with_mean: {
        en: ['Centre', 'Subtract the mean of the column.'],
        es: ['Centrar', 'Restar la media de la columna.'],
        pt: ['Centrar', 'Subtrair a média da coluna.'],
        de: ['Zentrieren', 'Den Mittelwert der Spalte abziehen.'],
        zh: ['中心化', '减去该列的均值。'],
      },
      with_std: {
        en: ['Scale', 'Divide by the standard deviation; constant columns are left undivided.'],
        es: ['Escalar', 'Dividir por la desviación estándar; las columnas constantes no se dividen.'],
        pt: ['Escalar', 'Dividir pelo desvio padrão; as colunas constantes não são divididas.'],
        de: ['Skalieren', 'Durch die Standardabweichung teilen; konstante Spalten bleiben ungeteilt.'],
        zh: ['缩放', '除以标准差；常数列不做除法。'],
      },
    },
  ),
  notes: ['The standard deviation is that of the population. Missing values are left out of it and stay missing.'],

  fit(frame, _, { with_mean, with_std }) {
    const moments = frame.columns.map((source) => momentsOf(asNumeric(source).values));
    return {
      names: frame.columns.map(({ name }) => name),
      means: Float64Array.from(moments, ({ mean }) => (with_mean ? mean : 0)),
      scales: Float64Array.from(moments, (moment) => (with_std ? scaleOf(moment) : 1)),
    };
  },

  transform({ names, means, scales }, frame) {
    const scaled = names.map((name, index) => {
      const values = asNumeric(column(frame, name)).values;
      return numericColumn(
        name,
        values.map((value) => (value - means[index]!) / scales[index]!),
      );
    });
    return createFrame(scaled, frame.rows);
  },
});

interface Moments {
  readonly count: number;
  readonly mean: number;
  readonly variance: number;
}

/** Of the values that are finite; a column without one has mean 0. */
function momentsOf(values: Float64Array): Moments {
  let count = 0;
  // A running mean: that of equal values is exactly their value.
  let mean = 0;
  for (const value of values) if (Number.isFinite(value)) mean += (value - mean) / ++count;
  if (count === 0) return { count, mean, variance: 0 };
  let squares = 0;
  let rest = 0;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    squares += (value - mean) ** 2;
    rest += value - mean;
  }
  // What the rounding of the mean left over is taken out of both.
  return { count, mean: mean + rest / count, variance: (squares - (rest * rest) / count) / count };
}

/** 1 for a column whose spread is rounding noise. Source of the bound: Chan, Golub and LeVeque, 1983, as scikit-learn uses it. */
function scaleOf({ count, mean, variance }: Moments): number {
  const noise = count * Number.EPSILON * variance + (count * mean * Number.EPSILON) ** 2;
  return variance <= noise ? 1 : Math.sqrt(variance);
}
