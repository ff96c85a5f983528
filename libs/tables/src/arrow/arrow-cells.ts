import { DataType, DateUnit, TimeUnit, type Vector } from 'apache-arrow';

/** Reads a column's cell as text by its row; null is missing. */
export type CellReader = (row: number) => string | null;

/** Fractions of a second a unit counts in. */
const PER_SECOND = {
  [TimeUnit.SECOND]: 1n,
  [TimeUnit.MILLISECOND]: 1000n,
  [TimeUnit.MICROSECOND]: 1_000_000n,
  [TimeUnit.NANOSECOND]: 1_000_000_000n,
} as const;

/** How cells of an Arrow type are written as text. */
export function cellReader(vector: Vector, type: DataType): CellReader {
  const write = writerOf(type);
  return (row) => {
    const value: unknown = vector.get(row);
    return value === null || value === undefined ? null : write(value);
  };
}

function writerOf(type: DataType): (value: unknown) => string | null {
  if (DataType.isDictionary(type)) return writerOf(type.dictionary as DataType);
  if (DataType.isBool(type)) return (value) => (value === true ? 'True' : 'False');
  if (DataType.isInt(type)) return (value) => String(value);
  if (DataType.isFloat(type)) return (value) => (Number.isNaN(value) ? null : String(value));
  if (DataType.isDecimal(type)) return (value) => decimalText(value as Uint32Array, type.scale);
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return (value) => value as string;
  if (DataType.isBinary(type) || DataType.isLargeBinary(type) || DataType.isFixedSizeBinary(type))
    return (value) => Buffer.from(value as Uint8Array).toString('base64');
  if (DataType.isDate(type))
    return (value) => {
      const text = isoDate(Number(value));
      return type.unit === DateUnit.DAY ? text.slice(0, 10) : text;
    };
  if (DataType.isTimestamp(type)) return (value) => isoDate(Number(value));
  if (DataType.isTime(type)) return (value) => timeText(BigInt(value as number | bigint), PER_SECOND[type.unit]);
  return (value) => JSON.stringify(value, plain);
}

/** `2024-05-01 13:30:00`, with a fraction where there is one; from milliseconds since 1970, as the library gives every date. */
function isoDate(milliseconds: number): string {
  const date = new Date(milliseconds);
  if (Number.isNaN(date.getTime())) return String(milliseconds);
  const text = date.toISOString().replace('T', ' ').replace('Z', '');
  return text.endsWith('.000') ? text.slice(0, -4) : text;
}

function timeText(count: bigint, perSecond: bigint): string {
  const seconds = Number(count / perSecond);
  const two = (part: number) => String(Math.floor(part)).padStart(2, '0');
  const fraction = perSecond === 1n ? '' : String(count % perSecond).padStart(String(perSecond).length - 1, '0');
  const clock = `${two(seconds / 3600)}:${two((seconds % 3600) / 60)}:${two(seconds % 60)}`;
  return /[1-9]/.test(fraction) ? `${clock}.${fraction}` : clock;
}

/** A decimal's words, the lowest first, as digits with a point `scale` places from the right. */
function decimalText(words: Uint32Array, scale: number): string {
  let value = 0n;
  for (let index = words.length - 1; index >= 0; index--) value = (value << 32n) | BigInt(words[index]!);
  if (words.length > 0 && words.at(-1)! >>> 31 === 1) value -= 1n << BigInt(32 * words.length);
  const digits = String(value < 0n ? -value : value).padStart(scale + 1, '0');
  const sign = value < 0n ? '-' : '';
  return scale > 0 ? `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}` : `${sign}${digits}`;
}

/** What JSON cannot say: large integers as digits, bytes and numbers of a list as plain values. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number | bigint>);
  return value;
}
