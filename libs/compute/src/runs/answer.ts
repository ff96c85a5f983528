import { AppError } from '#contract';
import { type FittedModel, registry } from '#components';
import { encode, type Encoded, type Frame } from '#frame';
import { type FitContext, matrix, type Matrix } from '#linalg';

import { withColumns } from '../numeric-failure.js';
import type { RunRecord } from './run-record.js';

/** The fitted values that answering takes; a stored run has them, and so has one being trained. */
export type Fitted = Pick<RunRecord, 'model' | 'encoder' | 'output' | 'state'>;

/**
 * The rows as numbers, encoded as training did.
 * @throws AppError `missing-values` {column, count} where the model takes none, `column-not-found`, `values-not-convertible`.
 */
export function encodeRows({ model, encoder }: Pick<Fitted, 'model' | 'encoder'>, frame: Frame): Encoded {
  const encoded = encode(encoder, frame);
  const { tags } = registry.find(model, 'classifier', 'regressor');
  const [hole] = Object.entries(encoded.missing);
  if (hole && !tags?.handlesMissing) throw new AppError('missing-values', { column: hole[0], count: hole[1] });
  return encoded;
}

/** Class probabilities of encoded rows, rows × classes. */
export function probabilitiesOf(fitted: Fitted, encoded: Encoded, context: FitContext): Matrix {
  const classifier = registry.find(fitted.model, 'classifier');
  return withColumns({ sources: encoded.sources, output: fitted.output.name }, () =>
    classifier.predict(fitted.state, matrix(encoded.rows, encoded.cols, encoded.data), context),
  );
}

/** Predicted numbers of encoded rows. */
export function numbersOf(fitted: Fitted, encoded: Encoded, context: FitContext): Float64Array {
  const regressor = registry.find(fitted.model, 'regressor');
  return withColumns({ sources: encoded.sources, output: fitted.output.name }, () =>
    regressor.predict(fitted.state, matrix(encoded.rows, encoded.cols, encoded.data), context),
  );
}

/** A stored run as explainers take it. */
export function fittedModel(record: RunRecord, context: FitContext): FittedModel {
  const { classes } = record;
  const names = { inputs: Object.keys(record.inputTypes), output: record.output.name };
  return classes
    ? {
        ...names,
        answers: 'classes',
        classes,
        predict: (frame) => probabilitiesOf(record, encodeRows(record, frame), context),
      }
    : { ...names, answers: 'numbers', predict: (frame) => numbersOf(record, encodeRows(record, frame), context) };
}
