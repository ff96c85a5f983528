import { float } from '#contract';
import { asNumeric, createFrame } from '#frame';

import { defineConverter } from '../kit/converter.js';
import { textsOf } from '../kit/texts.js';

import { rangeOf } from './value-range.js';

export const varianceThreshold = defineConverter({
  name: 'VarianceThreshold',
  category: 'Dimensionality reduction',
  columns: { types: ['Float', 'Integer'], min: 1 },
  params: { threshold: float({ default: 0, min: 0 }) },
  texts: textsOf(
    {
      en: ['Variance Threshold', 'Drops columns whose values vary too little.'],
      es: ['Umbral de Varianza', 'Descarta las columnas cuyos valores varían demasiado poco.'],
      pt: ['Limiar de Variância', 'Descarta as colunas cujos valores variam muito pouco.'],
      de: ['Varianzschwelle', 'Lässt Spalten weg, deren Werte zu wenig streuen.'],
      zh: ['方差阈值', '去掉取值变化过小的列。'],
    },
    {
      threshold: {
        en: ['Threshold', 'Columns stay whose variance is larger; 0 drops constant columns alone.'],
        es: ['Umbral', 'Quedan las columnas de varianza mayor; 0 descarta solo las constantes.'],
        pt: ['Limiar', 'Ficam as colunas de variância maior; 0 descarta só as constantes.'],
        de: ['Schwelle', 'Spalten mit größerer Varianz bleiben; 0 lässt nur gleichbleibende weg.'],
        zh: ['阈值', '保留方差更大的列；0 只去掉常数列。'],
      },
    },
  ),
  notes: ['The variance is that of the population, of the values there are. Columns that stay keep their types.'],

  fit(frame, _, { threshold }) {
    const kept = frame.columns.filter((source) => {
      const { values } = asNumeric(source);
      const { low, high } = rangeOf(values);
      const variance = varianceOf(values);
      // The variance of equal values may be rounding noise; their range is 0.
      return (threshold === 0 ? Math.min(variance, high - low) : variance) > threshold;
    });
    return { kept: kept.map(({ name }) => name) };
  },

  transform: ({ kept }, frame) =>
    createFrame(
      frame.columns.filter(({ name }) => kept.includes(name)),
      frame.rows,
    ),
});

function varianceOf(values: Float64Array): number {
  let [count, mean, squares] = [0, 0, 0];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    const step = value - mean;
    mean += step / ++count;
    squares += step * (value - mean);
  }
  return count === 0 ? 0 : squares / count;
}
