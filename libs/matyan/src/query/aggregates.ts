import { argumentsOf, asFunction, plain } from './arguments.js';
import { calculate } from './arithmetic.js';
import type { Budget } from './budget.js';
import { isOrdered, isTruthy } from './compare-values.js';
import { wrongType, wrongValue } from './query-error.js';
import { iterate, itemsOf } from './sequences.js';
import { type Arguments, FunctionValue, ListValue, type Value } from './values.js';

/** Functions that go through a value and answer one. */
export const aggregates: readonly [string, FunctionValue][] = [
  ['any', plain('any', 1, 1, ([value], budget) => some(value!, budget, true))],
  ['all', plain('all', 1, 1, ([value], budget) => !some(value!, budget, false))],
  ['sum', new FunctionValue('sum', sum)],
  ['min', new FunctionValue('min', (args, budget) => extreme(args, '<', budget))],
  ['max', new FunctionValue('max', (args, budget) => extreme(args, '>', budget))],
  ['sorted', new FunctionValue('sorted', sorted)],
];

function some(value: Value, budget: Budget, wanted: boolean): boolean {
  for (const item of iterate(value, budget)) if (isTruthy(item) === wanted) return true;
  return false;
}

function sum({ positional, named }: Arguments, budget: Budget): Value {
  const [value, second] = positional;
  if (value === undefined || positional.length > 2 || [...named.keys()].some((name) => name !== 'start')) {
    return wrongType('sum() takes a value and a start');
  }
  let total: Value = second ?? named.get('start') ?? 0n;
  if (typeof total === 'string') return wrongType('sum() adds no texts; use join()');
  for (const item of iterate(value, budget)) total = calculate('+', total, item, budget);
  return total;
}

function keyOf(key: Value | undefined, budget: Budget): (item: Value) => Value {
  if (key === undefined || key === null) return (item) => item;
  const work = asFunction(key);
  return (item) => work.call(argumentsOf(item), budget);
}

function extreme({ positional, named }: Arguments, sign: '<' | '>', budget: Budget): Value {
  if ([...named.keys()].some((name) => name !== 'key' && name !== 'default'))
    return wrongType('min() and max() take key and default');
  const [first] = positional;
  if (first === undefined) return wrongType('min() and max() need a value');
  const items = positional.length > 1 ? positional : itemsOf(first, budget);
  const key = keyOf(named.get('key'), budget);
  let best: { item: Value; key: Value } | undefined;
  for (const item of items) {
    const candidate = { item, key: key(item) };
    if (!best || isOrdered(candidate.key, sign, best.key, budget)) best = candidate;
  }
  if (best) return best.item;
  const otherwise = positional.length === 1 ? named.get('default') : undefined;
  return otherwise === undefined ? wrongValue('there is nothing to choose from') : otherwise;
}

function sorted({ positional, named }: Arguments, budget: Budget): Value {
  const [value] = positional;
  if (
    value === undefined ||
    positional.length > 1 ||
    [...named.keys()].some((name) => name !== 'key' && name !== 'reverse')
  ) {
    return wrongType('sorted() takes a value, key and reverse');
  }
  const key = keyOf(named.get('key'), budget);
  const rows = itemsOf(value, budget).map((item) => ({ item, key: key(item) }));
  // Stable in both directions, as Python's is.
  const sign = isTruthy(named.get('reverse') ?? false) ? '>' : '<';
  rows.sort((a, b) => (isOrdered(a.key, sign, b.key, budget) ? -1 : isOrdered(b.key, sign, a.key, budget) ? 1 : 0));
  return new ListValue(rows.map(({ item }) => item));
}
