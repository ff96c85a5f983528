import { readFile } from 'node:fs/promises';
import { Readable } from 'node:stream';

import { type SplitIndexes, type SplitName, SPLITS } from '#contract';
import type { Division } from '#components';
import type { TaskStorage } from '#storage';

/** Row numbers stay on the run itself up to this many; longer ones are only in their file, or lists of runs would carry megabytes. */
const INDEXES_ON_ROW = 20_000;
const ROWS_IN_CHUNK = 10_000;

/** How many rows each part has. */
export function sizesOf(division: Division): Record<SplitName, number> {
  return { train: division.train.count, validation: division.validation.count, test: division.test.count };
}

/**
 * Writes the row numbers of all parts as JSON, list by list: those of `SplitIndexes`, and under `folds` the validation rows of
 * each fold, whose training rows are the others of `train_indexes`.
 */
export async function writeSplits(storage: TaskStorage, key: string, division: Division): Promise<void> {
  await storage.write(key, Readable.from(splitsText(division)));
}

function* splitsText(division: Division): Generator<Buffer> {
  yield Buffer.from('{');
  for (const part of SPLITS) {
    yield Buffer.from(`"${part}_indexes":`);
    yield* listText(division[part].list());
    yield Buffer.from(',');
  }
  yield Buffer.from('"folds":[');
  for (const [k, { validation }] of division.folds.entries()) {
    if (k > 0) yield Buffer.from(',');
    yield* listText(validation.list());
  }
  yield Buffer.from(']}');
}

function* listText(rows: Int32Array): Generator<Buffer> {
  for (let from = 0; from < rows.length; from += ROWS_IN_CHUNK)
    yield Buffer.from((from === 0 ? '[' : ',') + rows.subarray(from, from + ROWS_IN_CHUNK).join(','));
  yield Buffer.from(rows.length === 0 ? '[]' : ']');
}

/** The row numbers of a run's parts, as `writeSplits` left them. */
export async function readSplits(storage: TaskStorage, key: string): Promise<SplitIndexes> {
  return JSON.parse(await readFile(await storage.materialise(key), 'utf8')) as SplitIndexes;
}

/**
 * The JSON text that a run's row carries: `train_indexes`, `test_indexes` and `val_indexes` of a holdout; under folds `fold_0` … with
 * `train_indexes` and `validation_indexes`, and `full_dataset` with what the kept model learnt from and the rows set aside. Null
 * when it were long.
 */
export function wireIndexes({ train, validation, test, folds }: Division): string | null {
  const numbers = train.count * (folds.length + 1) + validation.count + test.count;
  if (numbers > INDEXES_ON_ROW) return null;
  const listed = {
    train_indexes: [...train.list()],
    test_indexes: [...test.list()],
  };
  if (folds.length === 0) return JSON.stringify({ ...listed, val_indexes: [...validation.list()] });
  const own = folds.map((fold, k) => [
    `fold_${k}`,
    { train_indexes: [...fold.train.list()], validation_indexes: [...fold.validation.list()] },
  ]);
  return JSON.stringify({ ...Object.fromEntries(own), full_dataset: listed });
}
