/**
 * What is sent in one request. Once made it never changes: sent again it is the same bytes, by which the server knows it.
 * `{run}` and `{node}` in a path stand for the ids the server gave.
 */
export type Parcel = JsonParcel | FileParcel;

/** What is said of a parcel without opening it. */
export interface Labelled {
  /** Parcels of one lane leave one after the other; lanes leave beside each other. */
  readonly lane: string;
  /** How many rows, lines, entries it holds. */
  readonly items: number;
}
export interface JsonParcel extends Labelled {
  readonly method: 'POST' | 'PATCH';
  readonly path: string;
  readonly body: string;
}
export interface FileParcel extends Labelled {
  /** Where the bytes wait; ours to remove. */
  readonly bytes: string;
  readonly folder: string;
  readonly filename: string;
  readonly contentType: string;
  readonly checksum: string;
  readonly fields: Readonly<Record<string, string>>;
}

/** Leaves last, when everything else has. */
export const STATUS_LANE = 'status';

/** Whether a parcel is a file. */
export const isFile = (parcel: Parcel): parcel is FileParcel => 'bytes' in parcel;
