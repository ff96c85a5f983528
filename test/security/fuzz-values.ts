/** Values between 0 and 1, the same for the same seed. */
export type Draw = () => number;

/** Mulberry32: small, fast, and good enough to choose from lists. */
export function drawFrom(seed: number): Draw {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const pick = <T>(draw: Draw, from: readonly T[]): T => from[Math.floor(draw() * from.length)]!;

/** A JSON text that nests this deep. */
const deep = (levels: number): string => `${'{"a":['.repeat(levels)}1${']}'.repeat(levels)}`;

const STRINGS: readonly string[] = [
  '', ' ', 'a', '0', '-1', '1e999', 'null', 'true', '[]', '{}', '{"items":[{"field":"a","operator":"equals","value":{}}]}', '[{"id":"a","desc":1}]',
  'NaN', 'undefined', '__proto__', 'constructor', 'toString', '../../etc/passwd', '..%2f', "'; DROP TABLE run; --", '" OR 1=1', '<script>', '${7*7}', '%s%n',
  'ünïcödé', '数据', '\u202e', '\u0000', '\ud800', '👩‍👩‍👧', '\r\n', 'a'.repeat(5000), 'CSVDataLoader', 'Model', 'TabularClassificationTask', 'LogisticRegression',
  'dataset-00000000-0000-4000-8000-000000000000', '2026-01-31 13:22:05.123', deep(40), 'ModelJob', 'DatasetJob', 'global', 'local', 'train',
]; // prettier-ignore
const NUMBERS: readonly number[] = [
  0, 1, 2, -1, 0.5, -0.0001, 2_147_483_647, 2_147_483_648, -2_147_483_649, 2 ** 53, 2 ** 63, 1e308, -1e308, 5e-324, 1_000_000,
]; // prettier-ignore

/** Text for a path segment, a query value or a form field. */
export const hostileText = (draw: Draw): string => (draw() < 0.7 ? pick(draw, STRINGS) : String(pick(draw, NUMBERS)));

/** Any JSON value, now and then a large or a deep one. */
export function hostileJson(draw: Draw, depth = 0): unknown {
  const kind = draw();
  if (kind < 0.3) return pick(draw, STRINGS);
  if (kind < 0.55) return pick(draw, NUMBERS);
  if (kind < 0.65) return pick(draw, [true, false, null]);
  if (kind < 0.68) return JSON.parse(deep(pick(draw, [3, 50, 1500]))) as unknown;
  if (depth > 3) return null;
  const count = Math.floor(draw() * 4);
  if (kind < 0.82) return Array.from({ length: count }, () => hostileJson(draw, depth + 1));
  const keys = Array.from({ length: count }, () =>
    pick(draw, ['component', 'params', 'comp', 'properties', 'optimize', '__proto__', 'a', ...STRINGS]),
  );
  return Object.fromEntries(keys.map((key) => [key, hostileJson(draw, depth + 1)])); // prettier-ignore
}

interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly $ref?: string;
}

/** A value that mostly fits a JSON schema and is wrong somewhere. */
export function nearlyFitting(schema: Schema, draw: Draw, depth = 0): unknown {
  if (draw() < 0.2 || depth > 6) return hostileJson(draw);
  if (schema.enum) return pick(draw, schema.enum);
  if (schema.anyOf) return nearlyFitting(pick(draw, schema.anyOf), draw, depth + 1);
  switch (schema.type) {
    case 'object': {
      const given = Object.entries(schema.properties ?? {}).filter(() => draw() < 0.85);
      return Object.fromEntries(given.map(([name, inner]) => [name, nearlyFitting(inner, draw, depth + 1)]));
    }
    case 'array':
      return Array.from({ length: Math.floor(draw() * 3) }, () => nearlyFitting(schema.items ?? {}, draw, depth + 1));
    case 'integer':
    case 'number':
      return draw() < 0.6 ? 1 : pick(draw, NUMBERS);
    case 'boolean':
      return draw() < 0.5;
    case 'null':
      return null;
    case 'string':
      return pick(draw, STRINGS);
    default:
      return hostileJson(draw);
  }
}
