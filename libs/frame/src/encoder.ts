import { AppError } from '#contract';

import { asCategorical, asNumeric } from './columns.js';
import { column, sharedFloats, type CategoricalColumn, type Column, type Frame, type NumericColumn } from './frame.js';

/** One input column as training saw it. */
export type EncodedInput =
  | { readonly kind: 'numeric'; readonly name: string }
  | { readonly kind: 'one_hot' | 'label'; readonly name: string; readonly categories: readonly string[] };

/** What encoding needs to know, learnt from training rows alone; plain values, part of a run's fitted state. */
export interface EncoderState {
  readonly inputs: readonly EncodedInput[];
}

/**
 * Numbers for a model: `data` is column-major on shared memory, `data[col * rows + row]`. `names` are the encoded columns
 * (`colour=red` for one level), `sources` the column each came from. `unseen` and `missing` count values per source column, only
 * where there are any.
 */
export interface Encoded {
  readonly data: Float64Array;
  readonly rows: number;
  readonly cols: number;
  readonly names: readonly string[];
  readonly sources: readonly string[];
  readonly unseen: Readonly<Record<string, number>>;
  readonly missing: Readonly<Record<string, number>>;
}

/**
 * Learns how these input columns become numbers: numeric ones pass, categorical ones become one-hot or label codes as their type's
 * `encoder` says, over the levels that occur in this frame.
 * @throws AppError `column-not-found`, `column-not-encodable` {column, type}.
 */
export function fitEncoder(frame: Frame, inputs: readonly string[]): EncoderState {
  return { inputs: inputs.map((name) => fitInput(column(frame, name))) };
}

function fitInput(source: Column): EncodedInput {
  if (source.kind === 'numeric') return { kind: 'numeric', name: source.name };
  if (source.kind === 'text')
    throw new AppError('column-not-encodable', { column: source.name, type: source.type.type });
  return { kind: source.type.encoder ?? 'one_hot', name: source.name, categories: presentLevels(source) };
}

/** The levels of the dictionary that occur, in its order. */
export function presentLevels(source: CategoricalColumn): string[] {
  const present = new Uint8Array(source.dictionary.length);
  for (const code of source.codes) if (code >= 0) present[code] = 1;
  return source.dictionary.filter((_, code) => present[code] === 1);
}

/** Names of the encoded columns, in order. */
export function encodedNames(state: EncoderState): string[] {
  return state.inputs.flatMap((input) =>
    input.kind === 'one_hot' ? input.categories.map((level) => `${input.name}=${level}`) : [input.name],
  );
}

/**
 * Encodes the frame's columns by name. A level training did not see is all zeros (one-hot) or −1 (label) and counted in `unseen`; a
 * missing value is NaN in every column of its source. Numbers given as text are read.
 * @throws AppError `column-not-found`, `values-not-convertible`, `column-not-encodable`.
 */
export function encode(state: EncoderState, frame: Frame): Encoded {
  const { rows } = frame;
  const names = encodedNames(state);
  const data = sharedFloats(rows * names.length);
  const sources: string[] = [];
  const unseen: [string, number][] = [];
  const missing: [string, number][] = [];
  for (const input of state.inputs) {
    const width = input.kind === 'one_hot' ? input.categories.length : 1;
    const target = data.subarray(sources.length * rows, (sources.length + width) * rows);
    const source = column(frame, input.name);
    const counts =
      input.kind === 'numeric'
        ? encodeNumbers(asNumeric(source), target)
        : encodeLevels(input, asCategorical(source), target);
    if (counts.unseen > 0) unseen.push([input.name, counts.unseen]);
    if (counts.missing > 0) missing.push([input.name, counts.missing]);
    for (let col = 0; col < width; col++) sources.push(input.name);
  }
  return {
    data,
    rows,
    cols: names.length,
    names,
    sources,
    unseen: Object.fromEntries(unseen),
    missing: Object.fromEntries(missing),
  };
}

interface Counts {
  readonly unseen: number;
  readonly missing: number;
}

function encodeNumbers(source: NumericColumn, target: Float64Array): Counts {
  target.set(source.values);
  let missing = 0;
  for (const value of source.values) if (Number.isNaN(value)) missing++;
  return { unseen: 0, missing };
}

function encodeLevels(
  input: Exclude<EncodedInput, { kind: 'numeric' }>,
  source: CategoricalColumn,
  target: Float64Array,
): Counts {
  const rows = source.codes.length;
  const codeOf = new Map(input.categories.map((level, code) => [level, code]));
  const translated = Int32Array.from(source.dictionary, (level) => codeOf.get(level) ?? -1);
  const oneHot = input.kind === 'one_hot';
  let unseen = 0;
  let missing = 0;
  for (let row = 0; row < rows; row++) {
    const given = source.codes[row]!;
    if (given < 0) {
      missing++;
      for (let at = row; at < target.length; at += rows) target[at] = NaN;
      continue;
    }
    const code = translated[given]!;
    if (code < 0) unseen++;
    if (!oneHot) target[row] = code;
    else if (code >= 0) target[code * rows + row] = 1;
  }
  return { unseen, missing };
}
