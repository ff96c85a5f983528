import { type Frame, sharedFloats, takeRows } from '#frame';
import { predictedClasses } from '#learn';
import type { FitContext } from '#linalg';

import type { TaskHost } from '../host.js';
import { encodeRows, numbersOf, probabilitiesOf } from '../runs/answer.js';
import type { RunRecord } from '../runs/run-record.js';
import { progressMeter } from '../train/progress-meter.js';
import { RUN_SEED } from '../train/run-trainer.js';

/** Rows that are encoded at a time. */
const BLOCK_ROWS = 50_000;

/** Predicted numbers, or codes of predicted classes; and, where asked for, the probability of each class, class by class. */
export interface Predicted {
  readonly values: Float64Array;
  readonly probabilities: readonly Float64Array[];
}

/**
 * Predicts a frame of the input columns block by block, so that memory stays bounded and progress moves.
 * @throws AppError `missing-values` {column, count} where the model takes none, `values-not-convertible`.
 */
export function predictBlocks(
  record: RunRecord,
  inputs: Frame,
  options: { readonly probabilities: boolean },
  host: TaskHost,
): Predicted {
  const meter = progressMeter(host);
  meter.say(0.2, 'predicting');
  const advance = meter.within([0.2, 0.8]);
  const context: FitContext = { seed: RUN_SEED, tick: host.tick, parallel: host.parallel };
  const values = new Float64Array(inputs.rows);
  const asked = options.probabilities ? (record.classes ?? []) : [];
  const probabilities = asked.map(() => sharedFloats(inputs.rows));
  for (let start = 0; start < inputs.rows; start += BLOCK_ROWS) {
    const rows = rowsFrom(start, Math.min(BLOCK_ROWS, inputs.rows - start));
    const encoded = encodeRows(record, takeRows(inputs, rows));
    if (record.classes) {
      const scores = probabilitiesOf(record, encoded, context);
      values.set(predictedClasses(scores), start);
      probabilities.forEach((column, k) =>
        column.set(scores.data.subarray(k * rows.length, (k + 1) * rows.length), start),
      );
    } else values.set(numbersOf(record, encoded, context), start);
    advance(start + rows.length, inputs.rows);
  }
  return { values, probabilities };
}

const rowsFrom = (start: number, count: number): number[] => Array.from({ length: count }, (_, row) => start + row);
