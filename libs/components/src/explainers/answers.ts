import type { Frame } from '#frame';
import { matrix, type Matrix } from '#linalg';

import type { FittedModel } from '../kit/explainer.js';

/** A model's answers as numbers of equal standing: probabilities by class, or the one number a regressor gives. */
export interface Answers {
  /** The classes, or the output column where numbers are predicted. */
  readonly targets: readonly string[];
  /** Rows × targets. */
  of(frame: Frame): Matrix;
}

/** Both kinds of model under one interface. */
export function answersOf(model: FittedModel): Answers {
  if (model.answers === 'classes') return { targets: model.classes, of: (frame) => model.predict(frame) };
  return { targets: [model.output], of: (frame) => matrix(frame.rows, 1, model.predict(frame)) };
}

/** Rows a model is asked about in one call at most: enough to spare small questions the overhead of many calls. */
export const ROWS_AT_ONCE = 20_000;

/** Twelve significant digits: what is left of a double after a few sums, in fewer bytes. */
export const kept = (value: number): number => Number(value.toPrecision(12));
