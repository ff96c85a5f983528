import { registry } from '#components';
import { type Frame, takeRows } from '#frame';
import { predictedClasses } from '#learn';
import type { FitContext } from '#linalg';

import type { TaskHost } from '../host.js';
import { encodeRows, numbersOf, probabilitiesOf } from '../runs/answer.js';
import { refuseHoles } from '../runs/refuse-holes.js';
import type { RunRecord } from '../runs/run-record.js';
import { progressMeter } from '../train/progress-meter.js';
import { RUN_SEED } from '../train/run-trainer.js';

/** Rows that are encoded at a time. */
const BLOCK_ROWS = 50_000;

/** Predicted numbers, or codes of predicted classes; and how many values of each column training had not seen. */
interface Predicted {
  readonly values: Float64Array;
  readonly unseen: Readonly<Record<string, number>>;
}

/**
 * Predicts a frame of the input columns block by block, so that memory stays bounded and progress moves.
 * @throws AppError `missing-values` {column, count} where the model takes none, `values-not-convertible`.
 */
export function predictBlocks(record: RunRecord, inputs: Frame, host: TaskHost): Predicted {
  const { tags } = registry.find(record.model, 'classifier', 'regressor');
  if (!tags?.handlesMissing) refuseHoles(inputs.columns, rowsFrom(0, inputs.rows));
  const meter = progressMeter(host);
  meter.say(0.2, 'predicting');
  const advance = meter.within([0.2, 0.8]);
  const context: FitContext = { seed: RUN_SEED, tick: host.tick, parallel: host.parallel };
  const values = new Float64Array(inputs.rows);
  const unseen: Record<string, number> = {};
  for (let start = 0; start < inputs.rows; start += BLOCK_ROWS) {
    const rows = rowsFrom(start, Math.min(BLOCK_ROWS, inputs.rows - start));
    const encoded = encodeRows(record, takeRows(inputs, rows));
    const answers = record.classes
      ? predictedClasses(probabilitiesOf(record, encoded, context))
      : numbersOf(record, encoded, context);
    values.set(answers, start);
    for (const [name, more] of Object.entries(encoded.unseen)) unseen[name] = (unseen[name] ?? 0) + more;
    advance(start + rows.length, inputs.rows);
  }
  return { values, unseen };
}

const rowsFrom = (start: number, count: number): number[] => Array.from({ length: count }, (_, row) => start + row);
