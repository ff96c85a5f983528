import { cellAt, type Column, createFrame, type Frame, takeRows } from '#frame';

import type { FittedModel } from '../kit/explainer.js';
import { drawnRows } from './drawn-rows.js';
import { stackedRows } from './stacked-rows.js';

/** A row made of cells of known rows: its i-th input is that of the row named in place i. */
export type Candidate = Int32Array;
/** How far apart two rows are: differences by input, summed, or squared, summed and rooted. */
export type Metric = 'l1' | 'l2';
/** A model that answers classes. */
export type ClassModel = Extract<FittedModel, { readonly answers: 'classes' }>;

/** Rows a model learnt from at most; more are drawn from. */
export const MOST_KNOWN = 20_000;

/** Known rows and those to be explained in one frame, and how wide the inputs range among the known ones. */
export interface CellSpace {
  readonly model: ClassModel;
  readonly stacked: Frame;
  /** The first so many rows are the known ones. */
  readonly known: number;
  /** Largest less smallest known number by input; 1 where that is nothing, and for words. */
  readonly ranges: Float64Array;
}

/** The space of a model's inputs. */
export function cellSpace(model: ClassModel, training: Frame, rows: Frame, seed: number): CellSpace {
  const count = Math.min(MOST_KNOWN, training.rows);
  const known = count < training.rows ? takeRows(training, drawnRows(training.rows, count, seed)) : training;
  const stacked = stackedRows(model.inputs, known, rows);
  return { model, stacked, known: count, ranges: Float64Array.from(stacked.columns, (one) => rangeOf(one, count)) };
}

function rangeOf(source: Column, known: number): number {
  if (source.kind !== 'numeric') return 1;
  const [low, high] = source.values
    .subarray(0, known)
    .reduce(
      ([least, most], value) =>
        Number.isFinite(value) ? [Math.min(least, value), Math.max(most, value)] : [least, most],
      [Infinity, -Infinity] as [number, number],
    );
  return high > low ? high - low : 1;
}

/** The candidates as a frame of the model's inputs. */
export function candidateFrame({ stacked }: CellSpace, candidates: readonly Candidate[]): Frame {
  const columns = stacked.columns.map((source, at) => {
    const rows = candidates.map((candidate) => candidate[at]!);
    return takeRows({ rows: stacked.rows, columns: [source] }, rows).columns[0]!;
  });
  return createFrame(columns, candidates.length);
}

/** Probabilities by class of each candidate, and the class of the largest. */
export function classify(
  space: CellSpace,
  candidates: readonly Candidate[],
): readonly { readonly probabilities: readonly number[]; readonly code: number }[] {
  if (candidates.length === 0) return [];
  const { rows, cols, data } = space.model.predict(candidateFrame(space, candidates));
  return candidates.map((_, row) => {
    const probabilities = Array.from({ length: cols }, (_one, target) => data[target * rows + row]!);
    return { probabilities, code: probabilities.indexOf(Math.max(...probabilities)) };
  });
}

/** The whole of one row. */
export const wholeRow = ({ stacked }: CellSpace, row: number): Candidate =>
  new Int32Array(stacked.columns.length).fill(row);

/** The inputs in which a candidate has another cell than a row. */
export function changedInputs({ stacked }: CellSpace, candidate: Candidate, own: number): number[] {
  return stacked.columns.flatMap((source, at) => (cellAt(source, candidate[at]!) === cellAt(source, own) ? [] : [at]));
}

/** How far a candidate lies from a row: differences of numbers over their range; another word, or a gap, counts 1. */
export function distanceBetween(space: CellSpace, candidate: Candidate, own: number, metric: Metric): number {
  const parts = changedInputs(space, candidate, own).map((at) => {
    const source = space.stacked.columns[at]!;
    if (source.kind !== 'numeric') return 1;
    const difference = Math.abs(source.values[candidate[at]!]! - source.values[own]!) / space.ranges[at]!;
    return Number.isFinite(difference) ? difference : 1;
  });
  return metric === 'l1'
    ? parts.reduce((sum, part) => sum + part, 0)
    : Math.sqrt(parts.reduce((sum, part) => sum + part ** 2, 0));
}

/** The known rows with these answers, nearest first; of equals the earlier. */
export function nearestKnown(
  space: CellSpace,
  codes: readonly number[],
  wanted: (code: number) => boolean,
  own: number,
  metric: Metric,
): { readonly candidate: Candidate; readonly distance: number }[] {
  return codes
    .flatMap((code, row) => {
      if (!wanted(code)) return [];
      const candidate = wholeRow(space, row);
      return [{ candidate, distance: distanceBetween(space, candidate, own, metric) }];
    })
    .sort((a, b) => a.distance - b.distance);
}
