import { AppError } from '#contract';

import { crc32 } from './crc32.js';

/*
 * The bytes of a state, little-endian: magic, version, length of the header, CRC-32 of all that follows, the header (JSON,
 * padded with spaces to a multiple of 8), then the typed arrays one after another, each padded to a multiple of 8. In the
 * header an array is `{"$array": [kind, offset, length]}` with its offset behind the header, and a number that JSON cannot
 * write is `{"$number": "NaN"}`.
 */
const MAGIC = 0x5352_4c4d;
const VERSION = 1;
const PREAMBLE = 16;

const ARRAYS = {
  f64: Float64Array,
  f32: Float32Array,
  i32: Int32Array,
  u32: Uint32Array,
  u16: Uint16Array,
  u8: Uint8Array,
} as const;
type ArrayKind = keyof typeof ARRAYS;
type TypedArray = InstanceType<(typeof ARRAYS)[ArrayKind]>;

const padded = (length: number): number => Math.ceil(length / 8) * 8;
const kindOf = (value: object): ArrayKind | undefined =>
  (Object.keys(ARRAYS) as ArrayKind[]).find((kind) => value instanceof ARRAYS[kind]);

/**
 * A state as bytes. Equal states give equal bytes.
 * Absent values are left out, as in JSON.
 * @throws RangeError for anything but plain objects and arrays, typed arrays, numbers, strings, booleans and null, by its place.
 */
export function encodeState(state: object): Uint8Array {
  const arrays: TypedArray[] = [];
  let size = 0;
  const plain = (value: unknown, place: string): unknown => {
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (typeof value === 'number')
      return Number.isFinite(value) && !Object.is(value, -0)
        ? value
        : { $number: Object.is(value, -0) ? '-0' : String(value) };
    if (typeof value !== 'object') throw unstorable(place, typeof value);
    if (Array.isArray(value)) return value.map((entry, at) => plain(entry, `${place}[${at}]`));
    const kind = kindOf(value);
    if (kind) {
      const array = value as TypedArray;
      const entry = { $array: [kind, size, array.length] };
      arrays.push(array);
      size += padded(array.byteLength);
      return entry;
    }
    if (Object.getPrototypeOf(value) !== Object.prototype) throw unstorable(place, value.constructor.name);
    return Object.fromEntries(
      Object.entries(value as Record<string, unknown>)
        .filter(([, entry]) => entry !== undefined)
        .map(([key, entry]) => {
          if (key.startsWith('$')) throw new RangeError(`a state cannot have a key ${key}`);
          return [key, plain(entry, `${place}.${key}`)];
        }),
    );
  };
  const json = new TextEncoder().encode(JSON.stringify(plain(state, 'state')));
  const header = padded(json.length);
  const bytes = new Uint8Array(PREAMBLE + header + size);
  bytes.fill(0x20, PREAMBLE, PREAMBLE + header);
  bytes.set(json, PREAMBLE);
  let offset = PREAMBLE + header;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), offset);
    offset += padded(array.byteLength);
  }
  const words = new DataView(bytes.buffer);
  [MAGIC, VERSION, header, crc32(bytes.subarray(PREAMBLE))].forEach((word, i) => words.setUint32(4 * i, word, true));
  return bytes;
}

const unstorable = (place: string, kind: string): RangeError =>
  new RangeError(
    `${place} is a ${kind}; a state holds plain objects, arrays, typed arrays, numbers, texts, booleans and null`,
  );

/**
 * The state in these bytes; arrays are copies. Only values come out of it: nothing in a file can name code.
 * @throws AppError `state-unreadable` {reason} for bytes that are not a whole, unchanged state of this version.
 */
export function decodeState(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  if (bytes.length < PREAMBLE) throw unreadable('too short');
  const words = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [magic, version, header, checksum] = [0, 4, 8, 12].map((at) => words.getUint32(at, true)) as [
    number,
    number,
    number,
    number,
  ];
  if (magic !== MAGIC) throw unreadable('not a state');
  if (version !== VERSION) throw unreadable(`version ${version}`);
  if (crc32(bytes.subarray(PREAMBLE)) !== checksum) throw unreadable('checksum');
  const start = PREAMBLE + header;
  const array = (entry: unknown): TypedArray => {
    if (!Array.isArray(entry) || !isExtent(entry)) throw unreadable('array');
    const [kind, offset, length] = entry;
    const from = start + offset;
    const to = from + length * ARRAYS[kind].BYTES_PER_ELEMENT;
    if (to > bytes.length) throw unreadable('array');
    // A copy by constructor: slicing a Buffer would only look at its pool.
    return new ARRAYS[kind](new Uint8Array(bytes.subarray(from, to)).buffer);
  };
  const restored = (value: unknown): unknown => {
    if (value === null || typeof value !== 'object') return value;
    if (Array.isArray(value)) return value.map(restored);
    if ('$array' in value) return array(value.$array);
    if ('$number' in value) return Number(value.$number);
    return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, restored(entry)]));
  };
  return restored(parse(bytes.subarray(PREAMBLE, start))) as Readonly<Record<string, unknown>>;
}

function isExtent(entry: readonly unknown[]): entry is readonly [ArrayKind, number, number] {
  const [kind, offset, length] = entry;
  return typeof kind === 'string' && Object.hasOwn(ARRAYS, kind) && isSize(offset) && isSize(length);
}

const isSize = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0;

function parse(header: Uint8Array): object {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(header));
    if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value;
  } catch (cause) {
    throw unreadable('header', { cause });
  }
  throw unreadable('header');
}

const unreadable = (reason: string, options?: ErrorOptions): AppError =>
  new AppError('state-unreadable', { reason }, options);
