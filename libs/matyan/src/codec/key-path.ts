import { CodecError } from './codec-error.js';
import { MAX_DEPTH, type PathPart, SENTINEL } from './tree.js';

const text = new TextEncoder();

/** The key of the place a walk through a tree is at; it grows and shrinks in one buffer. */
export class KeyPath {
  private bytes = new Uint8Array(256);
  private readonly ends: number[] = [];
  private length = 0;

  /** Its bytes, until it changes. */
  get key(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }

  /**
   * Goes one step down: a text, or a sentinel and a big-endian int64, then a sentinel.
   * @throws CodecError `too-deep`; `bad-key` for an empty text, which readers would take for the beginning of a number
   */
  push(step: PathPart): void {
    if (this.ends.length >= MAX_DEPTH) throw new CodecError('too-deep', `A tree is deeper than ${MAX_DEPTH} levels`);
    if (step === '') throw new CodecError('bad-key', 'An empty name cannot stand in a key');
    this.ends.push(this.length);
    if (typeof step === 'string') this.text(step);
    else this.index(step);
    this.bytes[this.length++] = SENTINEL;
  }

  pop(): void {
    this.length = this.ends.pop()!;
  }

  private text(step: string): void {
    // A unit of UTF-16 takes three bytes at most; the sentinel comes after.
    this.room(step.length * 3 + 1);
    this.length += text.encodeInto(step, this.bytes.subarray(this.length)).written;
  }

  private index(step: number): void {
    if (!Number.isSafeInteger(step)) throw new CodecError('bad-key', `${step} is no integer`);
    this.room(10);
    this.bytes[this.length] = SENTINEL;
    new DataView(this.bytes.buffer).setBigInt64(this.length + 1, BigInt(step), false);
    this.length += 9;
  }

  private room(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const grown = new Uint8Array((this.length + count) * 2);
    grown.set(this.bytes);
    this.bytes = grown;
  }
}
