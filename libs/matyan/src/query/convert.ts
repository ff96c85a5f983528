import { asIndex, plain } from './arguments.js';
import type { Budget } from './budget.js';
import { isTruthy } from './compare-values.js';
import { exactParts } from './integers.js';
import { EvaluationError, wrongType, wrongValue } from './query-error.js';
import { dictOf, itemsOf, setOf } from './sequences.js';
import { textOf } from './text-of.js';
import { toFloat } from './arithmetic.js';
import {
  type Arguments,
  DictLike,
  FunctionValue,
  isNumber,
  isWhole,
  ListValue,
  TupleValue,
  type Value,
} from './values.js';

/** The types of the language; calling one converts. */
export const types = {
  str: plain('str', 0, 1, ([value = ''], budget) => textOf(value, budget)),
  bool: plain('bool', 0, 1, ([value = null]) => isTruthy(value)),
  int: plain('int', 0, 2, ([value = 0n, base], budget) => toInt(value, base, budget)),
  float: plain('float', 0, 1, ([value = 0]) => floatOf(value)),
  list: plain('list', 0, 1, ([value], budget) => new ListValue(value === undefined ? [] : itemsOf(value, budget))),
  tuple: plain('tuple', 0, 1, ([value], budget) => new TupleValue(value === undefined ? [] : itemsOf(value, budget))),
  set: plain('set', 0, 1, ([value], budget) => setOf(value === undefined ? [] : itemsOf(value, budget))),
  dict: new FunctionValue('dict', makeDict),
} as const;

const WHOLE = /^[+-]?\d+(?:_\d+)*$/;
const FLOAT = /^[+-]?(?:\d+(?:_\d+)*\.?(?:\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:e[+-]?\d+(?:_\d+)*)?$/i;
const NAMED_FLOAT = /^([+-]?)(inf|infinity|nan)$/i;

function toInt(value: Value, base: Value | undefined, budget: Budget): bigint {
  if (base !== undefined)
    return typeof value === 'string' ? wholeOf(value, asIndex(base)) : wrongType('a base takes a text');
  if (typeof value === 'string') {
    budget.text(value.length);
    return wholeOf(value, 10);
  }
  return isNumber(value) ? truncated(value) : wrongType('this value is no number');
}

/** Towards zero. @throws EvaluationError for NaN and infinities */
export function truncated(value: boolean | bigint | number): bigint {
  if (typeof value !== 'number') return BigInt(value);
  if (Number.isNaN(value)) return wrongValue('NaN is no int');
  if (!Number.isFinite(value)) throw new EvaluationError('OverflowError', 'an infinity is no int');
  return BigInt(Math.trunc(value));
}

const PREFIX: ReadonlyMap<string, number> = new Map([
  ['0x', 16],
  ['0o', 8],
  ['0b', 2],
]);

function wholeOf(text: string, base: number): bigint {
  const trimmed = text.trim();
  const [, sign = '', rest = ''] = /^([+-]?)(.*)$/s.exec(trimmed) ?? [];
  const prefix = PREFIX.get(rest.slice(0, 2).toLowerCase());
  const real = base === 0 ? (prefix ?? 10) : base;
  if (real < 2 || real > 36) return wrongValue('a base is between 2 and 36');
  const digits = prefix === real ? rest.slice(2).replace(/^_/, '') : rest;
  if (real === 10 && !WHOLE.test(digits)) return wrongValue('this text is no int');
  if (digits.length > 4300) return wrongValue('this text has more than 4300 digits');
  if (base === 0 && real === 10 && /^0+[1-9]/.test(digits)) return wrongValue('this text is no int');
  const plainDigits = real === 10 ? digits.replaceAll('_', '') : checkedDigits(digits, real);
  const size = real === 10 ? BigInt(plainDigits) : inBase(plainDigits, BigInt(real));
  return sign === '-' ? -size : size;
}

function checkedDigits(digits: string, base: number): string {
  const allowed = '0123456789abcdefghijklmnopqrstuvwxyz'.slice(0, base);
  const valid = new RegExp(`^[${allowed}]+(?:_[${allowed}]+)*$`, 'i').test(digits);
  return valid ? digits.replaceAll('_', '').toLowerCase() : wrongValue('this text is no int of its base');
}
const inBase = (digits: string, base: bigint): bigint =>
  Array.from(digits).reduce((sum, digit) => sum * base + BigInt(parseInt(digit, 36)), 0n);

function floatOf(value: Value): number {
  if (isNumber(value)) return toFloat(value);
  if (typeof value !== 'string') return wrongType('this value is no number');
  const text = value.trim();
  const name = NAMED_FLOAT.exec(text);
  if (name) return name[2]!.toLowerCase() === 'nan' ? NaN : name[1] === '-' ? -Infinity : Infinity;
  return FLOAT.test(text) ? Number(text.replaceAll('_', '')) : wrongValue('this text is no float');
}

function makeDict({ positional, named }: Arguments, budget: Budget): Value {
  const [source] = positional;
  if (positional.length > 1) wrongType('dict() takes one argument');
  const entries =
    source === undefined ? [] : source instanceof DictLike ? [...source.entries()] : pairsOf(source, budget);
  budget.items(entries.length);
  return dictOf([...entries, ...named]);
}

function pairsOf(source: Value, budget: Budget): [Value, Value][] {
  return itemsOf(source, budget).map((item) => {
    const pair = itemsOf(item, budget);
    return pair.length === 2 ? [pair[0]!, pair[1]!] : wrongValue('dict() takes pairs');
  });
}

/** Python's `round`: halves to even, of the double's exact value. */
export function roundValue(value: Value, digits: Value | undefined): Value {
  if (!isNumber(value)) return wrongType('round() takes a number');
  if (isWhole(value))
    return digits === undefined || digits === null ? BigInt(value) : roundWhole(BigInt(value), asIndex(digits));
  if (digits === undefined || digits === null) {
    truncated(value);
    return roundedAt(value, 0);
  }
  const places = asIndex(digits);
  if (!Number.isFinite(value) || places > 323) return value;
  if (places < -308) return Object.is(value, -0) || value < 0 ? -0 : 0;
  const rounded = Number(`${roundedAt(value, places)}e${-places}`);
  return rounded === 0 && (value < 0 || Object.is(value, -0)) ? -0 : toFinite(rounded);
}

const toFinite = (value: number): number => {
  if (!Number.isFinite(value)) throw new EvaluationError('OverflowError', 'the rounded value is too large');
  return value;
};

/** `value * 10 ** places` as the nearest int, halves to even. */
function roundedAt(value: number, places: number): bigint {
  const { mantissa, exponent } = exactParts(value);
  let top = mantissa;
  let bottom = 1n;
  if (places >= 0) top *= 10n ** BigInt(places);
  else bottom *= 10n ** BigInt(-places);
  if (exponent >= 0) top <<= BigInt(exponent);
  else bottom <<= BigInt(-exponent);
  return halfToEven(top, bottom);
}

function halfToEven(top: bigint, bottom: bigint): bigint {
  const size = top < 0n ? -top : top;
  const floor = size / bottom;
  const twice = (size % bottom) * 2n;
  const nearest = twice > bottom || (twice === bottom && floor % 2n === 1n) ? floor + 1n : floor;
  return top < 0n ? -nearest : nearest;
}

function roundWhole(value: bigint, places: number): bigint {
  if (places >= 0) return value;
  if (places < -20_000) return 0n;
  const unit = 10n ** BigInt(-places);
  return halfToEven(value, unit) * unit;
}
