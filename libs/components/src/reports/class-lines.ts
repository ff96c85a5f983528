import { column } from '#linalg';

import type { Outcome } from '../kit/report.js';

type Classes = Extract<Outcome, { answers: 'classes' }>;

/** Past this many classes a chart has more lines than anybody tells apart; the most frequent are drawn. */
const MOST_CLASSES = 20;

/** A class of a part that has rows of it and rows of others. */
export interface ClassScores {
  readonly name: string;
  readonly code: number;
  readonly scores: Float64Array;
}

/**
 * The classes a curve can be drawn of, each with its probabilities: one of two, since the other mirrors it, else each against the rest.
 * Those without rows, or with all of them, have no curve.
 */
export function drawnClasses({ classes, truth, probabilities }: Classes): ClassScores[] {
  const counts = new Uint32Array(classes.length);
  for (const code of truth) counts[code]!++;
  return Array.from(counts.keys())
    .filter((code) => (classes.length === 2 ? code === 1 : true) && counts[code]! > 0 && counts[code]! < truth.length)
    .toSorted((a, b) => (classes.length > MOST_CLASSES ? counts[b]! - counts[a]! : 0))
    .slice(0, MOST_CLASSES)
    .map((code) => ({ name: classes[code]!, code, scores: column(probabilities, code) }));
}

/** The outcome of a classifier. RangeError for a regressor, which the task keeps away. */
export function ofClasses(outcome: Outcome): Classes {
  if (outcome.answers !== 'classes') throw new RangeError('a classifier is reported here');
  return outcome;
}

/** The outcome of a regressor. RangeError for a classifier. */
export function ofNumbers(outcome: Outcome): Extract<Outcome, { answers: 'numbers' }> {
  if (outcome.answers !== 'numbers') throw new RangeError('a regressor is reported here');
  return outcome;
}

/** Points all lines of one figure have together at most, so that a figure stays small whatever the rows. */
const MOST_POINTS = 6000;

/** A line in so few points that `lines` like it fit into one figure: evenly chosen, both ends kept. */
export function fewPoints<L extends { readonly x: Float64Array; readonly y: Float64Array }>(line: L, lines: number): L {
  const most = Math.max(50, Math.floor(MOST_POINTS / lines));
  const { length } = line.x;
  if (length <= most) return line;
  const rows = Array.from({ length: most }, (_, at) => Math.round((at * (length - 1)) / (most - 1)));
  const take = (values: Float64Array): Float64Array => Float64Array.from(rows, (row) => values[row]!);
  return { ...line, x: take(line.x), y: take(line.y) };
}
