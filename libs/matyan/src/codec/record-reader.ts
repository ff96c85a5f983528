import { CodecError } from './codec-error.js';
import { readPath, readValue, type ReadValue } from './read-record.js';
import type { PathPart } from './tree.js';

/** One key and its value. */
export type CodecRecord = { readonly path: readonly PathPart[] } & ReadValue;

/** What a reader takes at most; a length that says more is refused before anything is kept for it. */
export interface CodecLimits {
  readonly keyBytes: number;
  readonly valueBytes: number;
}
/** Enough for every answer of ours, a picture of 64 MiB among them. */
export const CODEC_LIMITS: CodecLimits = { keyBytes: 64 * 1024, valueBytes: 64 * 1024 * 1024 };

/** Cuts bytes, however they are chunked, into records; keeps no more than the record it waits for. */
export class RecordReader {
  private bytes = new Uint8Array(4096);
  private start = 0;
  private end = 0;

  constructor(private readonly limits: CodecLimits = CODEC_LIMITS) {}

  /** @throws CodecError for anything that is no record */
  *push(chunk: Uint8Array): Generator<CodecRecord> {
    this.keep(chunk);
    for (;;) {
      const key = this.piece(this.start, this.limits.keyBytes, 'key');
      const value = key && this.piece(key.end, this.limits.valueBytes, 'value');
      if (!value) return;
      const path = readPath(this.bytes.subarray(key.from, key.end));
      const read = readValue(this.bytes.subarray(value.from, value.end));
      this.start = value.end;
      yield { path, ...read };
    }
  }

  /** @throws CodecError `truncated` when a record is not whole */
  finish(): void {
    if (this.end > this.start) throw new CodecError('truncated', 'The stream ends within a record');
  }

  private piece(at: number, limit: number, what: string): { from: number; end: number } | undefined {
    if (this.end - at < 4) return undefined;
    const length = new DataView(this.bytes.buffer).getUint32(at, true);
    if (length > limit) throw new CodecError('too-large', `A ${what} of ${length} bytes is longer than ${limit}`);
    const end = at + 4 + length;
    return end <= this.end ? { from: at + 4, end } : undefined;
  }

  private keep(chunk: Uint8Array): void {
    const held = this.end - this.start;
    if (this.end + chunk.length > this.bytes.length) {
      const size = Math.max(held + chunk.length, this.bytes.length);
      const bytes = size > this.bytes.length ? new Uint8Array(Math.max(size, held * 2)) : this.bytes;
      bytes.set(this.bytes.subarray(this.start, this.end));
      this.bytes = bytes;
      this.start = 0;
      this.end = held;
    }
    this.bytes.set(chunk, this.end);
    this.end += chunk.length;
  }
}
