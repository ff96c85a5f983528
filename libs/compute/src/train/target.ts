import { AppError } from '#contract';
import {
  asCategorical,
  classCodes,
  type ClassTarget,
  createFrame,
  encodeClasses,
  type Frame,
  presentLevels,
} from '#frame';
import { matrix, type Matrix } from '#linalg';

/**
 * What a classifier learns from a frame that holds its output alone; the classes are those that occur.
 * @throws AppError `one-class` {column}, `missing-values` {column, count}.
 */
export function learntClasses(output: Frame): ClassTarget {
  const { name } = output.columns[0]!;
  const target = encodeClasses(output, name);
  if (target.classes.length < 2) throw new AppError('one-class', { column: name });
  return target;
}

/**
 * The truth beside probabilities of the classes training knew. Classes it did not know get columns of zeros at the end, so
 * that their rows count as wrong instead of being left out.
 */
export function scoredClasses(
  output: Frame,
  classes: readonly string[],
  probabilities: Matrix,
): { readonly classes: readonly string[]; readonly truth: Int32Array; readonly probabilities: Matrix } {
  const truth = asCategorical(output.columns[0]!);
  const known = new Set(classes);
  const all = [...classes, ...presentLevels(truth).filter((level) => !known.has(level))];
  const wide = matrix(output.rows, all.length);
  wide.data.set(probabilities.data);
  return { classes: all, truth: classCodes(createFrame([truth]), truth.name, all), probabilities: wide };
}
