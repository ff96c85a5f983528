import type { Readable } from 'node:stream';

/** What was written: its length and the SHA-256 of its bytes, in hexadecimal. */
export interface Stored {
  readonly sizeBytes: number;
  readonly sha256: string;
}

/** Blobs by key. A key is a slash-separated path of plain names (`keys.ts` makes all of them); a prefix of one is a folder. */
export interface Storage {
  /**
   * Streams bytes to a key while hashing them; the key appears whole or not at all.
   * @throws AppError `upload-too-large` past `limitBytes`; whatever the source throws.
   */
  write(key: string, source: Readable, limitBytes?: number): Promise<Stored>;
  read(key: string): Promise<Readable>;
  /** A local path to read the key or folder from; remote stores fetch it into their cache first. */
  materialise(key: string): Promise<string>;
  /** An empty local folder to build a table or state in; `publish` makes it visible under its key in one step. With a name
   * to `resume`, it is the folder an earlier writer left under that name, if any. */
  stage(key: string, resume?: string): Promise<StagedFolder>;
  exists(key: string): Promise<boolean>;
  copy(from: string, to: string): Promise<void>;
  /** Gives a key another name, without a copy. @throws Error when it is not there. */
  move(from: string, to: string): Promise<void>;
  /** Removes a key or a whole folder, with what killed writers left half-made of it; absent ones are fine. */
  remove(key: string): Promise<void>;
  /** Names directly below a folder; empty when it does not exist. */
  list(folder: string): Promise<string[]>;
  /** Those of them in which nothing was written or added for `ageMs`. */
  listIdle(folder: string, ageMs: number): Promise<string[]>;
  /** Removes what crashed writers left half-made longer than `ageMs` ago; answers how much. */
  sweep(ageMs: number): Promise<number>;
}

/** A folder in the making; nobody sees it before `publish`. */
export interface StagedFolder {
  readonly path: string;
  /** Makes the folder visible under its key, replacing what was there. */
  publish(): Promise<void>;
  discard(): Promise<void>;
}
