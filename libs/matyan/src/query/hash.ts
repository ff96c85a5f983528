import { wrongType } from './query-error.js';
import { DateTimeValue, DurationValue, FunctionValue, RangeValue, TupleValue, type Value } from './values.js';

let unique = 0;
const identities = new WeakMap<object, string>();

/** Text that is the same exactly for values that are equal as keys: 1, 1.0 and True are one. @throws EvaluationError for lists, dicts and sets */
export function hashOf(value: Value): string {
  if (value === null) return 'N';
  switch (typeof value) {
    case 'string':
      return `s${value.length}:${value}`;
    case 'bigint':
      return `n${value}`;
    case 'boolean':
      return value ? 'n1' : 'n0';
    case 'number':
      if (Number.isNaN(value)) return `nan${unique++}`;
      return Number.isInteger(value) ? `n${BigInt(value)}` : `n${value}`;
    default:
      return hashOfObject(value);
  }
}

function hashOfObject(value: object): string {
  if (value instanceof TupleValue) return `t${value.items.length}(${value.items.map(hashOf).join()})`;
  if (value instanceof DateTimeValue) return `d${value.micros}`;
  if (value instanceof DurationValue) return `e${value.micros}`;
  if (value instanceof RangeValue) {
    return `r${value.length}:${value.length > 0 ? value.start : ''}:${value.length > 1 ? value.step : ''}`;
  }
  if (!(value instanceof FunctionValue)) wrongType('this value cannot be a key');
  const known = identities.get(value) ?? `f${unique++}`;
  identities.set(value, known);
  return known;
}
