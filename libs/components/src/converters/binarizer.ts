import { float } from '#contract';
import { asNumeric, column, createFrame, numericColumn, typeEntry } from '#frame';

import { defineConverter } from '../kit/converter.js';
import { textsOf } from '../kit/texts.js';

export const binarizer = defineConverter({
  name: 'Binarizer',
  category: 'Encoding',
  columns: { types: ['Float', 'Integer'], min: 1 },
  params: { threshold: float({ default: 0 }) },
  texts: textsOf(
    {
      en: ['Binarizer', 'Writes 1 where a value exceeds the threshold and 0 elsewhere.'],
      es: ['Binarizador', 'Escribe 1 donde un valor supera el umbral y 0 en los demás casos.'],
      pt: ['Binarizador', 'Escreve 1 onde um valor excede o limiar e 0 nos outros casos.'],
      de: ['Binarisierer', 'Schreibt 1, wo ein Wert die Schwelle übersteigt, sonst 0.'],
      zh: ['二值化', '数值超过阈值处写 1，其余写 0。'],
    },
    {
      threshold: {
        en: ['Threshold', 'Values above it become 1, others 0.'],
        es: ['Umbral', 'Los valores por encima pasan a 1, los demás a 0.'],
        pt: ['Limiar', 'Os valores acima passam a 1, os outros a 0.'],
        de: ['Schwelle', 'Werte darüber werden 1, die anderen 0.'],
        zh: ['阈值', '高于此值的变为 1，其余变为 0。'],
      },
    },
  ),
  notes: ['Missing values stay missing.'],

  fit: (frame) => ({ names: frame.columns.map(({ name }) => name) }),

  transform({ names }, frame, { threshold }) {
    const flags = names.map((name) => {
      const { values } = asNumeric(column(frame, name));
      return numericColumn(
        name,
        values.map((value) => (Number.isNaN(value) ? NaN : value > threshold ? 1 : 0)),
        typeEntry('Integer'),
      );
    });
    return createFrame(flags, frame.rows);
  },
});
