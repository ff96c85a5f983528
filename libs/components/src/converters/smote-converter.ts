import { AppError, int, phrase } from '#contract';
import { createFrame, numericColumn, takeRows, type Frame } from '#frame';
import { smote, type Between } from '#learn';
import { deriveSeed, random, type FitContext } from '#linalg';

import { defineRowConverter } from '../kit/converter.js';
import { seeded } from '../kit/seed.js';
import { textsOf } from '../kit/texts.js';

import { balanceParams, classesOf, grownSizes } from './class-balance.js';
import { samplingTexts } from './sampling-texts.js';
import { wholeNumbers } from './whole-numbers.js';
import { refusals } from './refusal-words.js';

/** New cells at most: 256 MiB of numbers. */
const MOST_CELLS = 2 ** 25;

export const smoteConverter = defineRowConverter({
  name: 'SMOTEConverter',
  category: 'Sampling',
  columns: { types: ['Float', 'Integer', 'Categorical'], min: 1, numericStorage: true },
  needsTarget: true,
  params: { ...balanceParams, k_neighbors: int({ default: 5, min: 1 }) },
  texts: textsOf(
    {
      en: ['SMOTE (Oversampling)', 'Adds rows to the smaller classes, each between two rows of its class.'],
      es: ['SMOTE (Sobre-muestreo)', 'Añade filas a las clases menores, cada una entre dos filas de su clase.'],
      pt: [
        'SMOTE (Sobreamostragem)',
        'Acrescenta linhas às classes menores, cada uma entre duas linhas da sua classe.',
      ],
      de: ['SMOTE (Überabtastung)', 'Fügt kleineren Klassen Zeilen hinzu, jede zwischen zwei Zeilen ihrer Klasse.'],
      zh: ['SMOTE（过采样）', '为较小的类别添加行，每一行位于同类两行之间。'],
    },
    samplingTexts,
  ),
  notes: [
    'New rows come last; columns that are neither in scope nor the target have no value there.',
    'In Integer columns new values are rounded; in Categorical ones they are that of the nearer of the two rows.',
  ],

  resample(frame, target, { sampling_strategy, random_state, k_neighbors }, context) {
    const x = wholeNumbers(frame);
    const classes = classesOf(target, 'SMOTEConverter');
    const sizes = grownSizes(classes, sampling_strategy);
    const lacking = classes.map(({ rows }, at) => sizes[at]! - rows.length);
    const cells = lacking.reduce((sum, count) => sum + count, 0) * (frame.columns.length + 1);
    if (cells > MOST_CELLS)
      throw new AppError('parameters-invalid', {
        parameter: 'sampling_strategy',
        reason: phrase(refusals.tooManyCells, { cells, most: MOST_CELLS }),
      });
    const { seed, tick }: FitContext = seeded(context, random_state);
    const parts = classes.flatMap(({ label, rows: members }, at) => {
      const count = lacking[at]!;
      const order = { members, count, k: k_neighbors, random: random(deriveSeed(seed, label)), ...(tick && { tick }) };
      return count > 0 ? [smote(x, order)] : [];
    });
    const kept = Int32Array.from({ length: frame.rows }, (_, row) => row);
    return { kept, made: rowsBetween(createFrame([...frame.columns, target!]), joined(parts), target!.name) };
  },
});

function joined(parts: readonly Between[]): Between {
  return {
    base: Int32Array.from(parts.flatMap(({ base }) => [...base])),
    neighbour: Int32Array.from(parts.flatMap(({ neighbour }) => [...neighbour])),
    step: Float64Array.from(parts.flatMap(({ step }) => [...step])),
  };
}

/** The rows that lie between; the target is that of the first of the two, which is that of both. */
function rowsBetween(frame: Frame, { base, neighbour, step }: Between, target: string): Frame {
  const [from, to] = [takeRows(frame, base), takeRows(frame, neighbour)];
  const nearer = takeRows(
    frame,
    base.map((row, at) => (step[at]! < 0.5 ? row : neighbour[at]!)),
  );
  const columns = from.columns.map((start, index) => {
    const end = to.columns[index]!;
    if (start.name === target) return start;
    if (start.kind !== 'numeric' || end.kind !== 'numeric') return nearer.columns[index]!;
    const values = start.values.map((value, at) => value + step[at]! * (end.values[at]! - value));
    return numericColumn(start.name, start.type.type === 'Integer' ? values.map(Math.round) : values, start.type);
  });
  return createFrame(columns, base.length);
}
