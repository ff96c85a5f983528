import { asIndex } from './arguments.js';
import type { Budget } from './budget.js';
import { pointsOf } from './code-points.js';
import { hashOf } from './hash.js';
import { EvaluationError, wrongType, wrongValue } from './query-error.js';
import { DictLike, ListValue, ObjectValue, RangeValue, TupleValue, type Value } from './values.js';

/** `value[key]`. @throws EvaluationError for a key it has not */
export function itemOf(value: Value, key: Value, budget: Budget): Value {
  budget.spend();
  if (value instanceof DictLike) return found(value.get(key, hashOf(key)), 'KeyError');
  if (value instanceof ObjectValue && value.item) return found(value.item(key), 'KeyError');
  if (value instanceof RangeValue) {
    const index = place(key, value.length);
    return value.at(index);
  }
  const items = itemsFor(value, budget);
  return items[place(key, items.length)]!;
}

function found(value: Value | undefined, kind: string): Value {
  if (value === undefined) throw new EvaluationError(kind, 'there is nothing under this key');
  return value;
}

function place(key: Value, length: number): number {
  const index = asIndex(key);
  const at = index < 0 ? index + length : index;
  if (at < 0 || at >= length) throw new EvaluationError('IndexError', 'there is no item so far along');
  return at;
}

function itemsFor(value: Value, budget: Budget): readonly Value[] {
  if (value instanceof ListValue || value instanceof TupleValue) return value.items;
  if (typeof value !== 'string') return wrongType('this value has no items');
  budget.text(value.length);
  return pointsOf(value);
}

/** `value[from:to:step]`; null stands for a bound that is left out. */
export function sliceOf(value: Value, bounds: readonly Value[], budget: Budget): Value {
  if (value instanceof RangeValue) return sliceRange(value, bounds);
  const items = itemsFor(value, budget);
  const wanted = indexes(bounds, items.length);
  budget.items(wanted.length);
  if (typeof value === 'string') return wanted.map((index) => items[index] as string).join('');
  const part = wanted.map((index) => items[index]!);
  return value instanceof TupleValue ? new TupleValue(part) : new ListValue(part);
}

function sliceRange(range: RangeValue, bounds: readonly Value[]): RangeValue {
  const { from, to, step } = limits(bounds, range.length);
  return new RangeValue(
    range.start + range.step * BigInt(from),
    range.start + range.step * BigInt(to),
    range.step * BigInt(step),
  );
}

function indexes(bounds: readonly Value[], length: number): number[] {
  const { from, to, step } = limits(bounds, length);
  const all: number[] = [];
  for (let at = from; step > 0 ? at < to : at > to; at += step) all.push(at);
  return all;
}

/** As `slice.indices` does. */
function limits(bounds: readonly Value[], length: number): { from: number; to: number; step: number } {
  const [from = null, to = null, by = null] = bounds;
  const step = by === null ? 1 : asIndex(by);
  if (step === 0) return wrongValue('the step of a slice cannot be 0');
  const [low, high] = step > 0 ? [0, length] : [-1, length - 1];
  const bound = (value: Value, otherwise: number): number => {
    if (value === null) return otherwise;
    const index = asIndex(value);
    return Math.max(low, Math.min(high, index < 0 ? index + length : index));
  };
  return { from: bound(from, step > 0 ? low : high), to: bound(to, step > 0 ? high : low), step };
}
