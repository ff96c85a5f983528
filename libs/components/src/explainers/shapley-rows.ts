import { createFrame, type Column, type Frame, takeRows } from '#frame';
import { type Coalitions, coalitionsOf, shapleyValues } from '#learn';
import { deriveSeed, type FitContext, random } from '#linalg';

import type { Answers } from './answers.js';
import { ROWS_AT_ONCE } from './answers.js';
import { stackedRows } from './stacked-rows.js';

/** Why a model answers one row as it does; each list has a number per target, `values` one per target and input. */
export interface Attribution {
  readonly prediction: readonly number[];
  readonly values: readonly (readonly number[])[];
}
/** The answers over the background alone, in the units of the link, and the attribution of every row. */
export interface Attributions {
  readonly base: readonly number[];
  readonly rows: readonly Attribution[];
}
/** Turns an average answer into the unit that is shared out among the inputs. */
export type Link = (answer: number) => number;

/**
 * Shapley values of every row against the background: an input outside a coalition takes the background's values in turn, and the
 * answers are averaged. Inputs in which a row equals all of the background count nothing and need no coalitions.
 * Source: as `coalitionsOf` of #learn, which decides between all coalitions and some of them.
 */
export function attributeRows(
  answers: Answers,
  inputs: readonly string[],
  background: Frame,
  rows: Frame,
  link: Link,
  { seed, tick }: FitContext,
): Attributions {
  const stacked = stackedRows(inputs, background, rows);
  const known = new Map<number, Coalitions>();
  const coalitions = (size: number): Coalitions => {
    const found = known.get(size) ?? coalitionsOf(size, 2048 + 2 * size, random(deriveSeed(seed, String(size))));
    known.set(size, found);
    return found;
  };
  const average = averages(answers.of(background), background.rows);
  const base = average.map((answer) => link(answer[0]!));
  const attributed = Array.from({ length: rows.rows }, (_, row): Attribution => {
    const own = background.rows + row;
    const part = (share: number): void => tick?.(row + share, rows.rows);
    part(0);
    const varying = stacked.columns.flatMap((one, at) => (differs(one, own, background.rows) ? [at] : []));
    const prediction = averages(answers.of(takeRows(stacked, [own])), 1).map((answer) => answer[0]!);
    const asked = coalitions(varying.length);
    const found = shapleyValues(
      asked,
      coalitionValues(answers, stacked, { own, varying, asked, count: background.rows }, part).map((values) =>
        values.map(link),
      ),
      base,
      prediction.map(link),
    );
    const values = found.map((some) => {
      const all = inputs.map(() => 0);
      varying.forEach((at, place) => (all[at] = some[place]!));
      return all;
    });
    return { prediction, values };
  });
  tick?.(rows.rows, rows.rows);
  return { base, rows: attributed };
}

function differs(source: Column, own: number, background: number): boolean {
  const cells: ArrayLike<unknown> = source.kind === 'categorical' ? source.codes : source.values;
  for (let row = 0; row < background; row++) if (!Object.is(cells[row], cells[own])) return true;
  return false;
}

interface Question {
  readonly own: number;
  readonly varying: readonly number[];
  readonly asked: Coalitions;
  readonly count: number;
}

/** The average answer of each coalition by target. */
function coalitionValues(
  answers: Answers,
  stacked: Frame,
  { own, varying, asked, count }: Question,
  tick: (share: number) => void,
): Float64Array[] {
  const size = varying.length;
  const total = asked.weights.length;
  const values = answers.targets.map(() => new Float64Array(total));
  const perCall = Math.max(1, Math.floor(ROWS_AT_ONCE / count));
  for (let start = 0; start < total; start += perCall) {
    tick(start / total);
    const some = Math.min(perCall, total - start);
    const columns = stacked.columns.map((source, at) => {
      const place = varying.indexOf(at);
      const picked = Uint32Array.from({ length: some * count }, (_, i) => {
        const coalition = start + Math.floor(i / count);
        return place >= 0 && asked.members[coalition * size + place] === 1 ? own : i % count;
      });
      return takeRows({ rows: stacked.rows, columns: [source] }, picked).columns[0]!;
    });
    averages(answers.of(createFrame(columns, some * count)), count).forEach((averaged, target) =>
      values[target]!.set(averaged, start),
    );
  }
  return values;
}

/** Means over blocks of this many rows, by target. */
function averages(
  { rows, cols, data }: { rows: number; cols: number; data: Float64Array },
  block: number,
): Float64Array[] {
  return Array.from({ length: cols }, (_, target) =>
    Float64Array.from({ length: rows / block }, (_one, at) => {
      let sum = 0;
      for (let row = at * block; row < (at + 1) * block; row++) sum += data[target * rows + row]!;
      return sum / block;
    }),
  );
}
