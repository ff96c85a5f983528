import { AppError, type ColumnType, type ColumnTypes } from '#contract';
import { decodeState, encodeState } from '#components';
import type { EncoderState } from '#frame';

/** A trained run as it is stored: everything predicting needs, plain values only. */
export interface RunRecord {
  readonly version: 1;
  readonly task: string;
  readonly model: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  /** Input columns with the types they had in training. */
  readonly inputTypes: ColumnTypes;
  readonly encoder: EncoderState;
  readonly output: { readonly name: string; readonly type: ColumnType };
  /** The classes of training in the order of the probabilities' columns; null where numbers are predicted. */
  readonly classes: readonly string[] | null;
  readonly state: object;
}

/** The bytes of a run; equal runs give equal bytes. */
export function encodeRun(record: RunRecord): Uint8Array {
  return encodeState(record);
}

/** @throws AppError `state-unreadable` {reason}. */
export function decodeRun(bytes: Uint8Array): RunRecord {
  const record = decodeState(bytes);
  if (record['version'] !== 1) throw new AppError('state-unreadable', { reason: `run ${String(record['version'])}` });
  return record as unknown as RunRecord;
}
