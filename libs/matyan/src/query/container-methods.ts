import { asIndex, plain } from './arguments.js';
import { areEqual, isSubset } from './compare-values.js';
import { hashOf } from './hash.js';
import { wrongValue } from './query-error.js';
import { contains, iterate, itemsOf, keysOf, setOf } from './sequences.js';
import { setOperation } from './combine.js';
import type { BinarySign } from './ast.js';
import type { SetValue } from './values.js';
import { type DictLike, type FunctionValue, ListValue, TupleValue, type Value } from './values.js';

/** What can be called on lists and tuples; nothing changes them. */
export function sequenceMethod(self: ListValue | TupleValue, name: string): FunctionValue | undefined {
  if (name === 'count') {
    return plain(name, 1, 1, ([wanted], budget) =>
      BigInt(self.items.filter((item) => item === wanted || areEqual(item, wanted!, budget)).length),
    );
  }
  if (name === 'index') {
    return plain(name, 1, 3, ([wanted, from, to], budget) => {
      const bound = (value: Value | undefined, otherwise: number): number => {
        const index = value === undefined ? otherwise : asIndex(value);
        return Math.max(0, index < 0 ? index + self.items.length : index);
      };
      for (let at = bound(from, 0); at < Math.min(self.items.length, bound(to, self.items.length)); at++) {
        if (areEqual(self.items[at]!, wanted!, budget)) return BigInt(at);
      }
      return wrongValue('the value is not in it');
    });
  }
  // Upstream's tags have this name for `in`.
  if (name === 'contains') return plain(name, 1, 1, ([wanted], budget) => contains(self, wanted!, budget));
  if (name === 'copy' && self instanceof ListValue) return plain(name, 0, 0, () => self);
  return undefined;
}

export function dictMethod(self: DictLike, name: string): FunctionValue | undefined {
  switch (name) {
    case 'get':
      return plain(name, 1, 2, ([key, otherwise = null]) => self.get(key!, hashOf(key!)) ?? otherwise);
    case 'keys':
      return plain(name, 0, 0, (_args, budget) => setOf(iterate(new ListValue([...keysOf(self)]), budget)));
    case 'values':
      return plain(name, 0, 0, (_args, budget) => {
        budget.items(self.size);
        return new ListValue(Array.from(self.entries(), ([, value]) => value));
      });
    case 'items':
      return plain(name, 0, 0, (_args, budget) => {
        budget.items(self.size);
        return new ListValue(Array.from(self.entries(), (entry) => new TupleValue(entry)));
      });
    case 'copy':
      return plain(name, 0, 0, () => self);
    default:
      return undefined;
  }
}

const OPERATIONS: ReadonlyMap<string, BinarySign> = new Map([
  ['union', '|'],
  ['intersection', '&'],
  ['difference', '-'],
  ['symmetric_difference', '^'],
]);

export function setMethod(self: SetValue, name: string): FunctionValue | undefined {
  const sign = OPERATIONS.get(name);
  if (sign) {
    return plain(name, 0, 20, (others, budget) =>
      others.reduce<SetValue>((set, other) => setOperation(sign, set, setOf(itemsOf(other, budget)), budget), self),
    );
  }
  const other = (value: Value | undefined, budget: Parameters<typeof itemsOf>[1]): SetValue =>
    setOf(itemsOf(value!, budget));
  switch (name) {
    case 'issubset':
      return plain(name, 1, 1, ([value], budget) => isSubset(self, other(value, budget), budget));
    case 'issuperset':
      return plain(name, 1, 1, ([value], budget) => isSubset(other(value, budget), self, budget));
    case 'isdisjoint':
      return plain(
        name,
        1,
        1,
        ([value], budget) => setOperation('&', self, other(value, budget), budget).members.size === 0,
      );
    case 'copy':
      return plain(name, 0, 0, () => self);
    default:
      return undefined;
  }
}
