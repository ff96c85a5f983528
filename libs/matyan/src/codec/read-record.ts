import { CodecError } from './codec-error.js';
import { MAX_DEPTH, type PathPart, type ReadLeaf, SENTINEL, TYPE } from './tree.js';

const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** @throws CodecError `bad-key` or `too-deep` */
export function readPath(key: Uint8Array): PathPart[] {
  const path: PathPart[] = [];
  let at = 0;
  while (at < key.length) {
    if (path.length >= MAX_DEPTH) throw new CodecError('too-deep', `A key has more than ${MAX_DEPTH} parts`);
    const whole = key[at] === SENTINEL;
    const end = whole ? at + 9 : key.indexOf(SENTINEL, at);
    if (end < 0 || key[end] !== SENTINEL) throw new CodecError('bad-key', 'A part of a key does not end');
    path.push(whole ? readIndex(key.subarray(at + 1, end)) : readText(key.subarray(at, end), 'bad-key'));
    at = end + 1;
  }
  return path;
}

function readIndex(bytes: Uint8Array): number {
  const index = Number(viewOf(bytes).getBigInt64(0, false));
  if (!Number.isSafeInteger(index)) throw new CodecError('bad-key', 'An index in a key is beyond 2^53');
  return index;
}

/** A value, or what the children are. */
export type ReadValue = { readonly leaf: ReadLeaf } | { readonly flag: 'array' | 'object' };

/** @throws CodecError `bad-value` for an unknown type or a payload of the wrong length */
export function readValue(value: Uint8Array): ReadValue {
  const type = value[0];
  const payload = value.subarray(1);
  const length = LENGTHS.get(type);
  if (length !== undefined && length !== payload.length) {
    throw new CodecError('bad-value', `A value of type ${type!} has ${payload.length} bytes`);
  }
  switch (type) {
    case TYPE.NULL:
      return { leaf: null };
    case TYPE.BOOL:
      return { leaf: payload[0] !== 0 };
    case TYPE.INT:
      return { leaf: readInteger(payload) };
    case TYPE.FLOAT:
      return { leaf: viewOf(payload).getFloat64(0, true) };
    case TYPE.TEXT:
      return { leaf: readText(payload, 'bad-value') };
    case TYPE.BYTES:
      return { leaf: payload.slice() };
    case TYPE.ARRAY:
      return { flag: 'array' };
    case TYPE.OBJECT:
      return { flag: 'object' };
    default:
      throw new CodecError('bad-value', type === undefined ? 'A value has no type' : `No value has the type ${type}`);
  }
}

const LENGTHS: ReadonlyMap<number | undefined, number> = new Map([
  [TYPE.NULL, 0],
  [TYPE.BOOL, 1],
  [TYPE.INT, 8],
  [TYPE.FLOAT, 8],
  [TYPE.ARRAY, 0],
  [TYPE.OBJECT, 0],
]);

function readInteger(payload: Uint8Array): number | bigint {
  const whole = viewOf(payload).getBigInt64(0, true);
  const number = Number(whole);
  return Number.isSafeInteger(number) ? number : whole;
}

function readText(bytes: Uint8Array, fault: 'bad-key' | 'bad-value'): string {
  try {
    return text.decode(bytes);
  } catch {
    throw new CodecError(fault, 'A text is not UTF-8');
  }
}

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
