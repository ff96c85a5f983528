import { choice } from '#contract';
import { createFrame, numericColumn } from '#frame';

import { defineConverter } from '../kit/converter.js';
import { textsOf } from '../kit/texts.js';

import { numbers } from './whole-numbers.js';

export const normalizer = defineConverter({
  name: 'Normalizer',
  category: 'Scaling and normalization',
  columns: { types: ['Float', 'Integer'], min: 1 },
  params: { norm: choice({ default: 'l2', options: ['l1', 'l2', 'max'] }) },
  texts: textsOf(
    {
      en: ['Row-wise Normalizer', 'Divides the values of each row by their length, so that all rows are equally long.'],
      es: ['Normalizador por Filas', 'Divide los valores de cada fila por su longitud, para que todas midan lo mismo.'],
      pt: [
        'Normalizador por Linhas',
        'Divide os valores de cada linha pelo seu comprimento, para que todas meçam o mesmo.',
      ],
      de: [
        'Zeilen-Normalisierer',
        'Teilt die Werte jeder Zeile durch ihre Länge, sodass alle Zeilen gleich lang sind.',
      ],
      zh: ['按行归一化', '将每一行的数值除以该行的长度，使所有行长度相等。'],
    },
    {
      norm: {
        en: ['Length', 'The sum of sizes (`l1`), the root of the sum of squares (`l2`) or the largest size (`max`).'],
        es: [
          'Longitud',
          'La suma de magnitudes (`l1`), la raíz de la suma de cuadrados (`l2`) o la mayor magnitud (`max`).',
        ],
        pt: [
          'Comprimento',
          'A soma das magnitudes (`l1`), a raiz da soma dos quadrados (`l2`) ou a maior magnitude (`max`).',
        ],
        de: [
          'Länge',
          'Die Summe der Beträge (`l1`), die Wurzel der Quadratsumme (`l2`) oder der größte Betrag (`max`).',
        ],
        zh: ['长度', '绝对值之和（`l1`）、平方和的平方根（`l2`）或最大绝对值（`max`）。'],
      },
    },
  ),
  notes: ['A row of zeros is left as it is; a row that lacks a value has none afterwards.'],

  fit: (frame) => ({ names: frame.columns.map(({ name }) => name) }),

  transform({ names }, frame, { norm }) {
    const x = numbers(frame);
    const lengths = Float64Array.from({ length: x.rows }, (_, row) => {
      const sizes = names.map((_name, j) => Math.abs(x.data[j * x.rows + row]!));
      const length =
        norm === 'l2'
          ? Math.hypot(...sizes)
          : norm === 'l1'
            ? sizes.reduce((sum, size) => sum + size, 0)
            : Math.max(...sizes);
      return length === 0 ? 1 : length;
    });
    const scaled = names.map((name, j) =>
      numericColumn(
        name,
        lengths.map((length, row) => x.data[j * x.rows + row]! / length),
      ),
    );
    return createFrame(scaled, frame.rows);
  },
});
