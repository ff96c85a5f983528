import { choice } from '#contract';
import { asNumeric, createFrame, numericColumn, typeEntry } from '#frame';

import { freeName } from '../kit/columns.js';
import { defineConverter } from '../kit/converter.js';
import { textsOf } from '../kit/texts.js';

const functions = { log1p: Math.log1p, square: (value: number) => value * value, sqrt: Math.sqrt } as const;

export const numericExpansion = defineConverter({
  name: 'NumericExpansion',
  category: 'Feature engineering',
  columns: { types: ['Float', 'Integer'], min: 1 },
  params: { operation: choice({ default: 'log1p', options: ['log1p', 'square', 'sqrt'] }) },
  texts: textsOf(
    {
      en: ['Numeric Expansion', 'Adds the logarithm, the square or the root of each column as a new one.'],
      es: ['Expansión Numérica', 'Añade el logaritmo, el cuadrado o la raíz de cada columna como otra nueva.'],
      pt: ['Expansão Numérica', 'Acrescenta o logaritmo, o quadrado ou a raiz de cada coluna como outra nova.'],
      de: ['Numerische Erweiterung', 'Fügt Logarithmus, Quadrat oder Wurzel jeder Spalte als neue an.'],
      zh: ['数值扩展', '将每一列的对数、平方或平方根添加为新列。'],
    },
    {
      operation: {
        en: ['Operation', 'The logarithm of 1 + x (`log1p`), the square or the square root (`sqrt`).'],
        es: ['Operación', 'El logaritmo de 1 + x (`log1p`), el cuadrado (`square`) o la raíz cuadrada (`sqrt`).'],
        pt: ['Operação', 'O logaritmo de 1 + x (`log1p`), o quadrado (`square`) ou a raiz quadrada (`sqrt`).'],
        de: ['Rechenart', 'Der Logarithmus von 1 + x (`log1p`), das Quadrat (`square`) oder die Wurzel (`sqrt`).'],
        zh: ['运算', '1 + x 的对数（`log1p`）、平方（`square`）或平方根（`sqrt`）。'],
      },
    },
  ),
  notes: [
    'The columns stay; the new ones are called by the operation and the name. What lies outside its domain has no value.',
    'The square of an Integer column without gaps is Integer, all else Float.',
  ],
  waive: {
    'a cell that had every value it needs gets one':
      'negative numbers have no root: the cell is empty, as the catalogue says',
  },

  fit(frame, _, { operation }) {
    const taken = new Set(frame.columns.map(({ name }) => name));
    return {
      names: frame.columns.map(({ name }) => freeName(`${operation}_${name}`, taken)),
      whole: frame.columns.map(
        (source) =>
          operation === 'square' && source.type.type === 'Integer' && !asNumeric(source).values.some(Number.isNaN),
      ),
    };
  },

  transform({ names, whole }, frame, { operation }) {
    const added = frame.columns.map((source, at) => {
      const values = asNumeric(source).values.map((value) => {
        const result = functions[operation](value);
        return Number.isFinite(result) ? result : NaN;
      });
      return numericColumn(names[at]!, values, typeEntry(whole[at] ? 'Integer' : 'Float'));
    });
    return createFrame([...frame.columns, ...added], frame.rows);
  },
});
