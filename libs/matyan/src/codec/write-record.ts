import type { ByteWriter } from './byte-writer.js';
import { CodecError } from './codec-error.js';
import { Float, type Leaf, TYPE } from './tree.js';

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;

/** A record that says what its children are. */
export function writeFlag(writer: ByteWriter, key: Uint8Array, flag: typeof TYPE.ARRAY | typeof TYPE.OBJECT): void {
  writeKey(writer, key);
  writer.u32(1);
  writer.byte(flag);
}

/** @throws CodecError `bad-value` for an integer beyond 64 bits */
export function writeLeaf(writer: ByteWriter, key: Uint8Array, leaf: Leaf): void {
  if (typeof leaf === 'bigint' && (leaf < INT64_MIN || leaf > INT64_MAX)) {
    throw new CodecError('bad-value', 'An integer is beyond 64 bits');
  }
  writeKey(writer, key);
  const lengthAt = writer.length;
  writer.u32(0);
  writeValue(writer, leaf);
  writer.patchU32(lengthAt, writer.length - lengthAt - 4);
}

function writeKey(writer: ByteWriter, key: Uint8Array): void {
  writer.u32(key.length);
  writer.raw(key);
}

function writeValue(writer: ByteWriter, leaf: Leaf): void {
  if (leaf === null) writer.byte(TYPE.NULL);
  else if (typeof leaf === 'boolean') {
    writer.byte(TYPE.BOOL);
    writer.byte(leaf ? 1 : 0);
  } else if (typeof leaf === 'string') {
    writer.byte(TYPE.TEXT);
    writer.text(leaf);
  } else if (leaf instanceof Uint8Array) {
    writer.byte(TYPE.BYTES);
    writer.raw(leaf);
  } else if (typeof leaf === 'bigint' || isWhole(leaf)) {
    writer.byte(TYPE.INT);
    writer.i64(BigInt(leaf), true);
  } else {
    writer.byte(TYPE.FLOAT);
    writer.f64(leaf instanceof Float ? leaf.value : leaf);
  }
}

/** -0 is a float: no integer holds it. */
const isWhole = (leaf: number | Float): leaf is number => Number.isSafeInteger(leaf) && !Object.is(leaf, -0);
