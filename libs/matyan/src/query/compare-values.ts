import type { Budget } from './budget.js';
import { compareTexts } from './code-points.js';
import { hashOf } from './hash.js';
import { wrongType } from './query-error.js';
import {
  DateTimeValue, DictLike, DurationValue, isNumber, ListValue, RangeValue, SetValue, TupleValue, type Value,
} from './values.js'; // prettier-ignore

/** Is it true where a truth is asked for? */
export function isTruthy(value: Value): boolean {
  if (value === null || typeof value !== 'object') return typeof value === 'number' ? value !== 0 : Boolean(value);
  if (value instanceof ListValue || value instanceof TupleValue) return value.items.length > 0;
  if (value instanceof SetValue) return value.members.size > 0;
  if (value instanceof DictLike) return value.size > 0;
  if (value instanceof RangeValue) return value.length > 0;
  if (value instanceof DurationValue) return value.micros !== 0n;
  return !('truthy' in value) || value.truthy;
}

/** Python's `==`; values of different kinds are unequal, never an error. */
export function areEqual(a: Value, b: Value, budget: Budget): boolean {
  budget.spend();
  if (isNumber(a) && isNumber(b)) return numeric(a) == numeric(b);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b || momentEquals(a, b);
  return sameObjects(a, b, budget);
}

function sameObjects(a: object, b: object, budget: Budget): boolean {
  if (a instanceof ListValue) return b instanceof ListValue && sameItems(a.items, b.items, budget);
  if (a instanceof TupleValue) return b instanceof TupleValue && sameItems(a.items, b.items, budget);
  if (a instanceof SetValue)
    return b instanceof SetValue && a.members.size === b.members.size && isSubset(a, b, budget);
  if (a instanceof DictLike) return b instanceof DictLike && sameEntries(a, b, budget);
  if (a instanceof DateTimeValue) return b instanceof DateTimeValue && a.micros === b.micros;
  if (a instanceof DurationValue) return b instanceof DurationValue && a.micros === b.micros;
  if (a instanceof RangeValue) return b instanceof RangeValue && hashOf(a) === hashOf(b);
  return a === b;
}

/** A moment is its timestamp beside a number: what `run.created_at` gives is one. */
const momentEquals = (a: Value, b: Value): boolean =>
  (a instanceof DateTimeValue && isNumber(b) && secondsOf(a) == numeric(b)) ||
  (b instanceof DateTimeValue && isNumber(a) && secondsOf(b) == numeric(a));

export const secondsOf = (moment: DateTimeValue): number => Number(moment.micros) / 1e6;
/** JavaScript compares a bigint with a number exactly, as Python does. */
const numeric = (value: boolean | bigint | number): bigint | number =>
  typeof value === 'boolean' ? BigInt(value) : value;

function sameItems(a: readonly Value[], b: readonly Value[], budget: Budget): boolean {
  return a.length === b.length && a.every((item, index) => item === b[index] || areEqual(item, b[index]!, budget));
}
function sameEntries(a: DictLike, b: DictLike, budget: Budget): boolean {
  if (a.size !== b.size) return false;
  budget.items(a.size);
  for (const [key, value] of a.entries()) {
    const other = b.get(key, hashOf(key));
    if (other === undefined || !areEqual(value, other, budget)) return false;
  }
  return true;
}
export function isSubset(a: SetValue, b: SetValue, budget: Budget): boolean {
  budget.items(a.members.size);
  return [...a.members.keys()].every((hash) => b.members.has(hash));
}

/** An order of two values. */
export type OrderSign = '<' | '<=' | '>' | '>=';

/** Python's order: numbers, texts, lists, tuples, sets (by inclusion), moments, spans; each with its own kind. @throws EvaluationError otherwise */
export function isOrdered(a: Value, sign: OrderSign, b: Value, budget: Budget): boolean {
  budget.spend();
  if (a instanceof SetValue && b instanceof SetValue) return setsOrdered(a, sign, b, budget);
  if ((a instanceof ListValue && b instanceof ListValue) || (a instanceof TupleValue && b instanceof TupleValue)) {
    return itemsOrdered(a.items, sign, b.items, budget);
  }
  const left = orderable(a);
  const right = orderable(b);
  if (typeof left === 'string' && typeof right === 'string') return holds(compareTexts(left, right), sign, 0);
  if (typeof left === 'string' || typeof right === 'string' || left === undefined || right === undefined) {
    return wrongType(`"${sign}" does not order these two kinds of values`);
  }
  if (a instanceof DurationValue !== b instanceof DurationValue) return wrongType('a span is ordered with spans only');
  return holds(left, sign, right);
}

function orderable(value: Value): bigint | number | string | undefined {
  if (isNumber(value)) return numeric(value);
  if (typeof value === 'string') return value;
  if (value instanceof DurationValue) return value.micros;
  return value instanceof DateTimeValue ? secondsOf(value) : undefined;
}

function holds(left: bigint | number, sign: OrderSign, right: bigint | number): boolean {
  if (sign === '<') return left < right;
  if (sign === '<=') return left <= right;
  return sign === '>' ? left > right : left >= right;
}

function setsOrdered(a: SetValue, sign: OrderSign, b: SetValue, budget: Budget): boolean {
  const [small, large] = sign.startsWith('<') ? [a, b] : [b, a];
  return isSubset(small, large, budget) && (sign.endsWith('=') || small.members.size < large.members.size);
}

/** The first items that differ decide; without any, the lengths do. */
function itemsOrdered(a: readonly Value[], sign: OrderSign, b: readonly Value[], budget: Budget): boolean {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    if (a[i] !== b[i] && !areEqual(a[i]!, b[i]!, budget)) return isOrdered(a[i]!, sign, b[i]!, budget);
  }
  return holds(a.length, sign, b.length);
}
