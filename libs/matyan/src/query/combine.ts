import type { BinarySign } from './ast.js';
import type { Budget } from './budget.js';
import { wrongType } from './query-error.js';
import { ListValue, SetValue, TupleValue, type Value } from './values.js';

/** `+` of texts, lists and tuples, each with its own kind. */
export function joinSequences(a: Value, b: Value, budget: Budget): Value {
  if (typeof a === 'string' && typeof b === 'string') {
    budget.text(a.length + b.length);
    return a + b;
  }
  for (const Kind of [ListValue, TupleValue]) {
    if (!(a instanceof Kind) || !(b instanceof Kind)) continue;
    budget.items(a.items.length + b.items.length);
    return new Kind([...a.items, ...b.items]);
  }
  return wrongType('"+" does not take these two kinds of values');
}

/** `*` of a text, a list or a tuple with a count. */
export function repeat(value: Value, count: bigint, budget: Budget): Value {
  const times = count < 0n ? 0 : count > 1_000_000_000n ? 1e9 : Number(count);
  if (typeof value === 'string') {
    budget.text(value.length * times);
    return value.repeat(times);
  }
  if (!(value instanceof ListValue || value instanceof TupleValue))
    return wrongType('"*" does not take these two kinds of values');
  const { items } = value;
  budget.items(items.length * times);
  const all = items.length === 0 ? [] : Array.from({ length: times }, () => items).flat();
  return value instanceof ListValue ? new ListValue(all) : new TupleValue(all);
}

/** `|`, `&`, `-`, `^` of sets. */
export function setOperation(sign: BinarySign, a: SetValue, b: SetValue, budget: Budget): SetValue {
  budget.items(a.members.size + b.members.size);
  const only = (from: SetValue, wanted: (hash: string) => boolean): [string, Value][] =>
    [...from.members].filter(([hash]) => wanted(hash));
  const inA = (hash: string): boolean => a.members.has(hash);
  const inB = (hash: string): boolean => b.members.has(hash);
  if (sign === '|') return new SetValue(new Map([...a.members, ...only(b, (hash) => !inA(hash))]));
  if (sign === '&') return new SetValue(new Map(only(a, inB)));
  if (sign === '-') return new SetValue(new Map(only(a, (hash) => !inB(hash))));
  if (sign !== '^') return wrongType(`"${sign}" does not take sets`);
  return new SetValue(new Map([...only(a, (hash) => !inB(hash)), ...only(b, (hash) => !inA(hash))]));
}
