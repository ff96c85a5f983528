import { argumentsOf, asFunction, asIndex, asText, plain } from './arguments.js';
import { calculate, negate } from './arithmetic.js';
import { types, roundValue } from './convert.js';
import { isTruthy } from './compare-values.js';
import { lengthOf } from './code-points.js';
import { aggregates } from './aggregates.js';
import { mathModule } from './math-module.js';
import { wrongType, wrongValue } from './query-error.js';
import { iterate, itemsOf } from './sequences.js';
import { reprOf } from './text-of.js';
import type { Budget } from './budget.js';
import {
  DateTimeValue, DictLike, DurationValue, FunctionValue, isNumber, isWhole, IteratorValue, ListValue, ObjectValue, RangeValue, SetValue,
  TupleValue, type Value,
} from './values.js'; // prettier-ignore

/** What every query can call beside `datetime` and `random`, which belong to one search. */
export const builtins: ReadonlyMap<string, Value> = new Map<string, Value>([
  ...Object.entries(types),
  ['frozenset', types.set],
  ...aggregates,
  ['len', plain('len', 1, 1, ([value]) => BigInt(lengthOfValue(value!)))],
  ['abs', plain('abs', 1, 1, ([value]) => absolute(value!))],
  ['round', plain('round', 1, 2, ([value, digits]) => roundValue(value!, digits))],
  ['repr', plain('repr', 1, 1, ([value], budget) => reprOf(value!, budget))],
  ['divmod', plain('divmod', 2, 2, ([a, b], budget) => new TupleValue([calculate('//', a!, b!, budget), calculate('%', a!, b!, budget)]))],
  ['pow', plain('pow', 2, 2, ([a, b], budget) => calculate('**', a!, b!, budget))],
  ['range', plain('range', 1, 3, makeRange)],
  ['enumerate', plain('enumerate', 1, 2, ([value, start = 0n], budget) => new IteratorValue(numbered(value!, BigInt(asIndex(start)), budget)))],
  ['zip', plain('zip', 0, 20, (values, budget) => new IteratorValue(zipped(values, budget)))],
  ['reversed', plain('reversed', 1, 1, ([value], budget) => new ListValue(itemsOf(ordered(value!), budget).reverse()))],
  ['map', plain('map', 2, 2, ([work, value], budget) => new IteratorValue(mapped(asFunction(work!), value!, budget)))],
  ['filter', plain('filter', 2, 2, ([test, value], budget) => new IteratorValue(filtered(test!, value!, budget)))],
  ['isinstance', plain('isinstance', 2, 2, ([value, type]) => isInstance(value!, type!))],
  ['callable', plain('callable', 1, 1, ([value]) => value instanceof FunctionValue)],
  ['chr', plain('chr', 1, 1, ([value]) => character(asIndex(value)))],
  ['ord', plain('ord', 1, 1, ([value]) => (lengthOf(asText(value)) === 1 ? BigInt(asText(value).codePointAt(0)!) : wrongType('ord() takes one character')))],
  ['hex', plain('hex', 1, 1, ([value]) => inBase(value!, 16, '0x'))],
  ['oct', plain('oct', 1, 1, ([value]) => inBase(value!, 8, '0o'))],
  ['bin', plain('bin', 1, 1, ([value], budget) => inBase(value!, 2, '0b', budget))],
  ['math', mathModule],
  ['string', stringModule()],
]); // prettier-ignore

function lengthOfValue(value: Value): number {
  if (typeof value === 'string') return lengthOf(value);
  if (value instanceof ListValue || value instanceof TupleValue) return value.items.length;
  if (value instanceof SetValue) return value.members.size;
  if (value instanceof DictLike) return value.size;
  return value instanceof RangeValue ? value.length : wrongType('this value has no length');
}

function absolute(value: Value): Value {
  if (typeof value === 'number') return Math.abs(value);
  if (isNumber(value)) return BigInt(value) < 0n ? -BigInt(value) : BigInt(value);
  return value instanceof DurationValue && value.micros < 0n
    ? negate('-', value)
    : value instanceof DurationValue
      ? value
      : wrongType('abs() takes a number');
}

function makeRange(args: readonly Value[]): RangeValue {
  const [first = 0n, second, third = 1n] = args.map((value) =>
    isWhole(value) ? BigInt(value) : wrongType('range() takes whole numbers'),
  );
  if (third === 0n) return wrongValue('the step of a range cannot be 0');
  return second === undefined ? new RangeValue(0n, first, 1n) : new RangeValue(first, second, third);
}

function* numbered(value: Value, start: bigint, budget: Budget): Generator<Value> {
  let index = start;
  for (const item of iterate(value, budget)) yield new TupleValue([index++, item]);
}

function* zipped(values: readonly Value[], budget: Budget): Generator<Value> {
  const sources = values.map((value) => iterate(value, budget));
  while (sources.length > 0) {
    const row: Value[] = [];
    for (const source of sources) {
      const next = source.next();
      if (next.done) return;
      row.push(next.value);
    }
    yield new TupleValue(row);
  }
}

function* mapped(work: FunctionValue, value: Value, budget: Budget): Generator<Value> {
  for (const item of iterate(value, budget)) yield work.call(argumentsOf(item), budget);
}
function* filtered(test: Value, value: Value, budget: Budget): Generator<Value> {
  const holds =
    test === null ? isTruthy : (item: Value): boolean => isTruthy(asFunction(test).call(argumentsOf(item), budget));
  for (const item of iterate(value, budget)) if (holds(item)) yield item;
}

function ordered(value: Value): Value {
  if (value instanceof SetValue || value instanceof IteratorValue)
    return wrongType('this value has no order to turn round');
  return value;
}

const MEMBERS: ReadonlyMap<string, (value: Value) => boolean> = new Map<string, (value: Value) => boolean>([
  ['str', (value) => typeof value === 'string'],
  ['bool', (value) => typeof value === 'boolean'],
  ['int', isWhole],
  ['float', (value) => typeof value === 'number'],
  ['list', (value) => value instanceof ListValue],
  ['tuple', (value) => value instanceof TupleValue],
  ['set', (value) => value instanceof SetValue],
  ['dict', (value) => value instanceof DictLike],
  ['datetime', (value) => value instanceof DateTimeValue],
  ['timedelta', (value) => value instanceof DurationValue],
]);

function isInstance(value: Value, type: Value): boolean {
  if (type instanceof TupleValue) return type.items.some((one) => isInstance(value, one));
  const test = type instanceof FunctionValue ? MEMBERS.get(type.name) : undefined;
  return test ? test(value) : wrongType('isinstance() takes a type or a tuple of types');
}

function character(point: number): string {
  return point >= 0 && point <= 0x10ffff ? String.fromCodePoint(point) : wrongValue('chr() takes a code point');
}

function inBase(value: Value, base: number, prefix: string, budget?: Budget): string {
  if (!isWhole(value)) return wrongType('a whole number is due');
  const whole = BigInt(value);
  const digits = (whole < 0n ? -whole : whole).toString(base);
  budget?.text(digits.length);
  return `${whole < 0n ? '-' : ''}${prefix}${digits}`;
}

function stringModule(): ObjectValue {
  const lower = 'abcdefghijklmnopqrstuvwxyz';
  const constants = new Map<string, Value>([
    ['ascii_lowercase', lower],
    ['ascii_uppercase', lower.toUpperCase()],
    ['ascii_letters', lower + lower.toUpperCase()],
    ['digits', '0123456789'],
    ['hexdigits', '0123456789abcdefABCDEF'],
    ['octdigits', '01234567'],
    ['punctuation', '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~'],
    ['whitespace', ' \t\n\r\v\f'],
  ]);
  return new ObjectValue('string', (name) => constants.get(name));
}
