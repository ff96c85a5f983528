const DEEPEST = 64;

/** A JSON value; numbers may be NaN or infinite. */
export type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/**
 * What of a value can be written: dates as ISO text, typed arrays and sets as lists, maps and objects by their own keys, big integers as
 * numbers while they are exact. Functions and undefined are left out.
 * @throws TypeError for values that contain themselves.
 */
export function plainOf(value: unknown, depth = 0): Plain | undefined {
  if (depth > DEEPEST) throw new TypeError(`The value is nested deeper than ${DEEPEST} levels, or contains itself`);
  if (value === null || typeof value === 'boolean' || typeof value === 'number' || typeof value === 'string')
    return value;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
  if (typeof value !== 'object') return undefined;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (ArrayBuffer.isView(value) && !(value instanceof DataView))
    return listOf(value as unknown as Iterable<unknown>, depth);
  if (Array.isArray(value) || value instanceof Set) return listOf(value, depth);
  if (value instanceof Map)
    return recordOf(
      [...value].map(([key, item]) => [String(key), item]),
      depth,
    );
  const { toJSON } = value as { toJSON?: unknown };
  if (typeof toJSON === 'function') return plainOf((toJSON as () => unknown).call(value), depth + 1);
  return recordOf(Object.entries(value), depth);
}

/** The same of an object. */
export const plainRecord = (value: object): Record<string, Plain> => recordOf(Object.entries(value), 0);

const listOf = (items: Iterable<unknown>, depth: number): Plain[] =>
  Array.from(items, (item) => plainOf(item, depth + 1) ?? null);

/** Keys become own properties whatever they are called, `__proto__` too. */
function recordOf(entries: readonly (readonly [string, unknown])[], depth: number): Record<string, Plain> {
  const kept = entries.map(([key, item]) => [key, plainOf(item, depth + 1)] as const);
  return Object.fromEntries(kept.filter((entry): entry is readonly [string, Plain] => entry[1] !== undefined));
}
