import { AppError, bool, choice, float, orNull, string } from '#contract';
import { asNumeric, createFrame, numericColumn, typeEntry } from '#frame';

import { freeName } from '../kit/columns.js';
import { defineConverter } from '../kit/converter.js';
import { textsOf } from '../kit/texts.js';

import { refusals } from './refusal-words.js';

const operations = {
  add: (a: number, b: number) => a + b,
  subtract: (a: number, b: number) => a - b,
  multiply: (a: number, b: number) => a * b,
  divide: (a: number, b: number) => a / b,
} as const;

export const columnArithmetic = defineConverter({
  name: 'ColumnArithmetic',
  category: 'Feature engineering',
  columns: { types: ['Float', 'Integer'], min: 1, max: 2 },
  params: {
    operation: choice({ default: 'add', options: ['add', 'subtract', 'multiply', 'divide'] }),
    constant: orNull(float({ default: 0 })),
    swap_operands: bool({ default: false }),
    output_column_name: orNull(string({ default: '' })),
  },
  texts: textsOf(
    {
      en: ['Column Arithmetic', 'Adds a column that is computed from two columns, or from one and a number.'],
      es: ['Aritmética de Columnas', 'Añade una columna calculada a partir de dos columnas, o de una y un número.'],
      pt: ['Aritmética de Colunas', 'Acrescenta uma coluna calculada a partir de duas colunas, ou de uma e um número.'],
      de: [
        'Spaltenarithmetik',
        'Fügt eine Spalte an, die aus zwei Spalten oder aus einer und einer Zahl berechnet wird.',
      ],
      zh: ['列运算', '添加由两列或由一列与一个数计算得到的新列。'],
    },
    {
      operation: {
        en: ['Operation', 'What is done with the two: `add`, `subtract`, `multiply` or `divide`.'],
        es: [
          'Operación',
          'Qué se hace con los dos: sumar (`add`), restar (`subtract`), multiplicar (`multiply`) o dividir (`divide`).',
        ],
        pt: [
          'Operação',
          'O que se faz com os dois: somar (`add`), subtrair (`subtract`), multiplicar (`multiply`) ou dividir (`divide`).',
        ],
        de: [
          'Rechenart',
          'Was mit beiden geschieht: addieren (`add`), abziehen (`subtract`), malnehmen (`multiply`) oder teilen (`divide`).',
        ],
        zh: ['运算', '对两者执行的运算：加（`add`）、减（`subtract`）、乘（`multiply`）或除（`divide`）。'],
      },
      constant: {
        en: ['Constant', 'The number that takes the place of a second column; needed when one column is chosen.'],
        es: ['Constante', 'El número que ocupa el lugar de una segunda columna; necesario cuando se elige una sola.'],
        pt: ['Constante', 'O número que toma o lugar de uma segunda coluna; necessário quando se escolhe uma só.'],
        de: ['Konstante', 'Die Zahl an der Stelle einer zweiten Spalte; nötig, wenn nur eine gewählt ist.'],
        zh: ['常数', '代替第二列的数；只选一列时必须填写。'],
      },
      swap_operands: {
        en: ['Swap operands', 'Takes the second column first; only with two columns.'],
        es: ['Intercambiar operandos', 'Toma primero la segunda columna; solo con dos columnas.'],
        pt: ['Trocar operandos', 'Toma primeiro a segunda coluna; só com duas colunas.'],
        de: ['Operanden tauschen', 'Nimmt die zweite Spalte zuerst; nur bei zwei Spalten.'],
        zh: ['交换操作数', '先取第二列；仅适用于两列。'],
      },
      output_column_name: {
        en: ['Name of the new column', 'Without one it is called after the columns and the operation.'],
        es: ['Nombre de la columna nueva', 'Sin él se llama según las columnas y la operación.'],
        pt: ['Nome da nova coluna', 'Sem ele chama-se segundo as colunas e a operação.'],
        de: ['Name der neuen Spalte', 'Ohne Angabe heißt sie nach den Spalten und der Rechenart.'],
        zh: ['新列名称', '不填则按列名与运算命名。'],
      },
    },
  ),

  notes: ['A division by zero and what is too large for a number have no value.'],
  waive: {
    'defaults work on the first columns that fit': 'one column alone needs a number, which nobody but the reader knows',
    'a cell that had every value it needs gets one':
      'nothing can be divided by zero: the cell is empty, as the catalogue says',
  },

  fit(frame, _, { operation, constant, swap_operands, output_column_name }) {
    const [first, second] = swap_operands ? frame.columns.toReversed() : frame.columns;
    if (!second && constant === null)
      throw new AppError('parameters-invalid', {
        parameter: 'constant',
        reason: refusals.oneColumn,
      });
    const operands = [first!.name, second?.name ?? String(constant)];
    const taken = new Set(frame.columns.map(({ name }) => name));
    const whole =
      operation !== 'divide' &&
      [first!, ...(second ? [second] : [])].every(
        (one) => one.type.type === 'Integer' && !asNumeric(one).values.some(Number.isNaN),
      ) &&
      (second !== undefined || Number.isInteger(constant));
    return { name: freeName(output_column_name || `${operands[0]}_${operation}_${operands[1]}`, taken), whole };
  },

  transform({ name, whole }, frame, { operation, constant, swap_operands }) {
    const columns = frame.columns.map((one) => asNumeric(one).values);
    const [a, b] = swap_operands ? columns.toReversed() : columns;
    const values = a!.map((value, row) => {
      const result = operations[operation](value, b ? b[row]! : constant!);
      return Number.isFinite(result) ? result : NaN;
    });
    return createFrame(
      [...frame.columns, numericColumn(name, values, typeEntry(whole ? 'Integer' : 'Float'))],
      frame.rows,
    );
  },
});
