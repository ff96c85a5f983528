import { DictLike, ListValue, type Value } from './values.js';

/** A JSON object as a mapping whose keys are attributes too; values are made when they are asked for. */
export class RecordValue extends DictLike {
  constructor(readonly raw: Readonly<Record<string, unknown>>) {
    super();
  }
  get size(): number {
    return Object.keys(this.raw).length;
  }
  get(key: Value): Value | undefined {
    return typeof key === 'string' ? this.attribute(key) : undefined;
  }
  *entries(): Iterable<readonly [Value, Value]> {
    for (const [name, value] of Object.entries(this.raw)) yield [name, fromJson(value)];
  }
  /** Own names only: what JavaScript hangs on an object is none of its data. */
  attribute(name: string): Value | undefined {
    return Object.hasOwn(this.raw, name) ? fromJson(this.raw[name]) : undefined;
  }
}

/** JSON as values: whole numbers are ints, others floats. */
export function fromJson(json: unknown): Value {
  switch (typeof json) {
    case 'string':
    case 'boolean':
    case 'bigint':
      return json;
    case 'number':
      return Number.isSafeInteger(json) && !Object.is(json, -0) ? BigInt(json) : json;
    case 'object':
      if (json === null) return null;
      return Array.isArray(json) ? new ListValue(json.map(fromJson)) : new RecordValue(json as Record<string, unknown>);
    default:
      return null;
  }
}
