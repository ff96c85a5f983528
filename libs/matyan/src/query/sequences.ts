import type { Budget } from './budget.js';
import { pointsOf } from './code-points.js';
import { areEqual } from './compare-values.js';
import { hashOf } from './hash.js';
import { wrongType } from './query-error.js';
import {
  DictLike,
  DictValue,
  IteratorValue,
  ListValue,
  RangeValue,
  SetValue,
  TupleValue,
  type Value,
} from './values.js';

/** Goes through a value; every item costs a step. @throws EvaluationError when it has no items */
export function* iterate(value: Value, budget: Budget): Generator<Value> {
  for (const item of iterableOf(value)) {
    budget.spend();
    yield item;
  }
}

function iterableOf(value: Value): Iterable<Value> {
  if (typeof value === 'string') return pointsOf(value);
  if (value instanceof ListValue || value instanceof TupleValue) return value.items;
  if (value instanceof SetValue) return value.members.values();
  if (value instanceof DictLike) return keysOf(value);
  if (value instanceof RangeValue) return numbersOf(value);
  if (value instanceof IteratorValue) return value.rest();
  return wrongType('this value has no items to go through');
}

export function* keysOf(dict: DictLike): Generator<Value> {
  for (const [key] of dict.entries()) yield key;
}
function* numbersOf(range: RangeValue): Generator<Value> {
  for (let i = 0; i < range.length; i++) yield range.at(i);
}

/** All items in a list of the host's. */
export function itemsOf(value: Value, budget: Budget): Value[] {
  const items: Value[] = [];
  for (const item of iterate(value, budget)) {
    items.push(item);
    if (items.length % 1024 === 0) budget.items(items.length);
  }
  return items;
}

export function setOf(values: Iterable<Value>): SetValue {
  const members = new Map<string, Value>();
  for (const value of values) {
    const hash = hashOf(value);
    if (!members.has(hash)) members.set(hash, value);
  }
  return new SetValue(members);
}

/** The first spelling of a key stays, the last value counts. */
export function dictOf(entries: Iterable<readonly [Value, Value]>): DictValue {
  const byHash = new Map<string, readonly [Value, Value]>();
  for (const [key, value] of entries) {
    const hash = hashOf(key);
    byHash.set(hash, [byHash.get(hash)?.[0] ?? key, value]);
  }
  return new DictValue(byHash);
}

/** Python's `in`. @throws EvaluationError where nothing can be in it */
export function contains(whole: Value, part: Value, budget: Budget): boolean {
  budget.spend();
  if (typeof whole === 'string') {
    if (typeof part !== 'string') return wrongType('only a text can be in a text');
    budget.search(whole.length, part.length);
    return whole.includes(part);
  }
  if (whole instanceof SetValue) return whole.members.has(hashOf(part));
  if (whole instanceof DictLike) return whole.get(part, hashOf(part)) !== undefined;
  for (const item of iterate(whole, budget)) if (item === part || areEqual(item, part, budget)) return true;
  return false;
}
