import { AppError } from '#contract';
import { encodedNames, type EncoderState } from '#frame';

/** Cells a matrix of encoded rows may have: 2 GiB of doubles. */
const MOST_CELLS = 2 ** 28;

/**
 * Refuses to encode what would not fit into memory.
 * @throws AppError `encoding-too-large` {column, count, rows}: the column with the most levels.
 */
export function refuseTooLarge(encoder: EncoderState, rows: number): void {
  if (rows * encodedNames(encoder).length <= MOST_CELLS) return;
  const levels = (input: EncoderState['inputs'][number]): number =>
    input.kind === 'one_hot' ? input.categories.length : 1;
  const widest = encoder.inputs.reduce((most, input) => (levels(input) > levels(most) ? input : most));
  throw new AppError('encoding-too-large', { column: widest.name, count: levels(widest), rows });
}
