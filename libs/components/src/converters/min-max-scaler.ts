import { bool, float } from '#contract';
import { asNumeric, column, createFrame, numericColumn } from '#frame';

import { defineConverter } from '../kit/converter.js';
import { textsOf } from '../kit/texts.js';

import { rangeOf, widthOf } from './value-range.js';

export const minMaxScaler = defineConverter({
  name: 'MinMaxScaler',
  category: 'Scaling and normalization',
  columns: { types: ['Float', 'Integer'], min: 1 },
  params: {
    min_range: float({ default: 0, min: 0 }),
    max_range: float({ default: 1, min: 0 }),
    clip: bool({ default: false }),
  },
  rules: [
    {
      kind: 'check',
      id: 'min_max_scaler.range',
      expr: { n: 'cmp', op: 'lt', a: { n: 'field', f: 'min_range' }, b: { n: 'field', f: 'max_range' } },
      targets: ['min_range', 'max_range'],
      message: {
        en: 'The lower end lies below the upper one.',
        es: 'El extremo inferior está por debajo del superior.',
        pt: 'O extremo inferior fica abaixo do superior.',
        de: 'Das untere Ende liegt unter dem oberen.',
        zh: '下限须小于上限。',
      },
    },
  ],
  texts: textsOf(
    {
      en: ['Min-Max Scaler', 'Stretches each column so that its smallest and largest values meet the chosen range.'],
      es: [
        'Escalador Min-Max',
        'Estira cada columna para que su menor y su mayor valor coincidan con el rango elegido.',
      ],
      pt: [
        'Escalonador Min-Max',
        'Estica cada coluna para que o menor e o maior valor coincidam com o intervalo escolhido.',
      ],
      de: [
        'Min-Max-Skalierer',
        'Streckt jede Spalte so, dass ihr kleinster und größter Wert auf den gewählten Bereich fallen.',
      ],
      zh: ['最小-最大缩放', '拉伸每一列，使其最小值和最大值落在所选范围的两端。'],
    },
    {
      min_range: {
        en: ['Lower end', 'Where the smallest value of a column comes to lie.'],
        es: ['Extremo inferior', 'Dónde queda el menor valor de una columna.'],
        pt: ['Extremo inferior', 'Onde fica o menor valor de uma coluna.'],
        de: ['Unteres Ende', 'Wohin der kleinste Wert einer Spalte kommt.'],
        zh: ['下限', '每列最小值所对应的位置。'],
      },
      max_range: {
        en: ['Upper end', 'Where the largest value of a column comes to lie.'],
        es: ['Extremo superior', 'Dónde queda el mayor valor de una columna.'],
        pt: ['Extremo superior', 'Onde fica o maior valor de uma coluna.'],
        de: ['Oberes Ende', 'Wohin der größte Wert einer Spalte kommt.'],
        zh: ['上限', '每列最大值所对应的位置。'],
      },
      clip: {
        en: ['Clip', 'Cut values of later rows that fall outside the range off at its ends.'],
        es: ['Recortar', 'Recortar en los extremos los valores de otras filas que salgan del rango.'],
        pt: ['Cortar', 'Cortar nos extremos os valores de outras linhas que saiam do intervalo.'],
        de: ['Abschneiden', 'Werte späterer Zeilen außerhalb des Bereichs an dessen Enden abschneiden.'],
        zh: ['截断', '将其他行中超出范围的值截断在两端。'],
      },
    },
  ),
  notes: ['A column without spread is moved to the lower end. Missing values stay missing.'],

  fit(frame, _, { min_range, max_range }) {
    const ranges = frame.columns.map((source) => rangeOf(asNumeric(source).values));
    const scales = Float64Array.from(ranges, (range) => (max_range - min_range) / widthOf(range));
    return {
      names: frame.columns.map(({ name }) => name),
      scales,
      shifts: Float64Array.from(ranges, ({ low }, j) => min_range - low * scales[j]!),
    };
  },

  transform({ names, scales, shifts }, frame, { min_range, max_range, clip }) {
    const scaled = names.map((name, j) => {
      const values = asNumeric(column(frame, name)).values.map((value) => {
        const moved = value * scales[j]! + shifts[j]!;
        return clip ? Math.min(max_range, Math.max(min_range, moved)) : moved;
      });
      return numericColumn(name, values);
    });
    return createFrame(scaled, frame.rows);
  },
});
