import { plain } from './arguments.js';
import { toFloat } from './arithmetic.js';
import type { Budget } from './budget.js';
import { bitLength } from './integers.js';
import { EvaluationError, wrongType, wrongValue } from './query-error.js';
import { FunctionValue, isNumber, isWhole, ObjectValue, type Value } from './values.js';

const float = (value: Value | undefined): number =>
  value !== undefined && isNumber(value) ? toFloat(value) : wrongType('a number is due');
const whole = (value: Value): bigint => (isWhole(value) ? BigInt(value) : wrongType('a whole number is due'));

/** A function of one float: NaN from anything else is outside its domain, infinity from something finite an overflow. */
function real(name: string, work: (x: number) => number): [string, FunctionValue] {
  return [name, plain(name, 1, 1, ([value]) => checked(work, float(value)))];
}
function checked(work: (x: number) => number, x: number): number {
  const result = work(x);
  if (Number.isNaN(result) && !Number.isNaN(x)) return wrongValue('math domain error');
  if (!Number.isFinite(result) && Number.isFinite(x)) throw new EvaluationError('OverflowError', 'math range error');
  return result;
}
/** Logarithms know ints no float is near to, and have nothing at or below zero. */
function logarithm(value: Value | undefined, work: (x: number) => number): number {
  if (typeof value === 'bigint' && value > 2n ** 1000n) {
    const shift = bitLength(value) - 64;
    return work(Number(value >> BigInt(shift))) + shift * work(2);
  }
  const x = float(value);
  return x <= 0 ? wrongValue('math domain error') : work(x);
}

const towards = (name: string, work: (x: number) => number): [string, FunctionValue] => [
  name,
  plain(name, 1, 1, ([value]) => {
    if (value !== undefined && isWhole(value)) return BigInt(value);
    const x = float(value);
    if (Number.isNaN(x)) return wrongValue('NaN is no int');
    if (!Number.isFinite(x)) throw new EvaluationError('OverflowError', 'an infinity is no int');
    return BigInt(work(x));
  }),
];

const REALS = ['exp', 'expm1', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'sqrt'] as const;

const members = new Map<string, Value>([
  ...REALS.map((name) => real(name, (x) => Math[name](x))),
  real('fabs', Math.abs),
  real('degrees', (x) => x * (180 / Math.PI)),
  real('radians', (x) => x * (Math.PI / 180)),
  towards('floor', Math.floor),
  towards('ceil', Math.ceil),
  towards('trunc', Math.trunc),
  ['log', plain('log', 1, 2, ([x, base]) => (base === undefined ? logarithm(x, Math.log) : quotient(logarithm(x, Math.log), logarithm(base, Math.log))))],
  ['log2', plain('log2', 1, 1, ([x]) => logarithm(x, Math.log2))],
  ['log10', plain('log10', 1, 1, ([x]) => logarithm(x, Math.log10))],
  ['log1p', plain('log1p', 1, 1, ([x]) => (float(x) <= -1 ? wrongValue('math domain error') : Math.log1p(float(x))))],
  ['pow', plain('pow', 2, 2, ([x, y]) => power(float(x), float(y)))],
  ['atan2', plain('atan2', 2, 2, ([y, x]) => Math.atan2(float(y), float(x)))],
  ['hypot', plain('hypot', 0, 20, (values) => Math.hypot(...values.map(float)))],
  ['fmod', plain('fmod', 2, 2, ([x, y]) => (Number.isNaN(float(x) % float(y)) && !Number.isNaN(float(x) + float(y)) ? wrongValue('math domain error') : float(x) % float(y)))],
  ['copysign', plain('copysign', 2, 2, ([x, y]) => (float(y) < 0 || Object.is(float(y), -0) ? -Math.abs(float(x)) : Math.abs(float(x))))],
  ['isnan', plain('isnan', 1, 1, ([x]) => Number.isNaN(float(x)))],
  ['isinf', plain('isinf', 1, 1, ([x]) => Math.abs(float(x)) === Infinity)],
  ['isfinite', plain('isfinite', 1, 1, ([x]) => Number.isFinite(float(x)))],
  ['isclose', new FunctionValue('isclose', ({ positional: [a, b], named }) => isClose(float(a), float(b), float(named.get('rel_tol') ?? 1e-9), float(named.get('abs_tol') ?? 0)))],
  ['gcd', plain('gcd', 0, 20, (values) => values.map(whole).reduce(divisorOf, 0n))],
  ['factorial', plain('factorial', 1, 1, ([n], budget) => factorial(whole(n!), budget))],
  ['isqrt', plain('isqrt', 1, 1, ([n]) => squareRoot(whole(n!)))],
  ['pi', Math.PI],
  ['e', Math.E],
  ['tau', 2 * Math.PI],
  ['inf', Infinity],
  ['nan', NaN],
]); // prettier-ignore

/** Python's `math`. */
export const mathModule = new ObjectValue('math', (name) => members.get(name));

function quotient(a: number, b: number): number {
  if (b === 0) throw new EvaluationError('ZeroDivisionError', 'division by zero');
  return a / b;
}

function power(x: number, y: number): number {
  if (x === 1 || y === 0 || (x === -1 && Math.abs(y) === Infinity)) return 1;
  const result = x ** y;
  if (!Number.isFinite(x) || !Number.isFinite(y)) return result;
  if (Number.isNaN(result) || (x === 0 && y < 0)) return wrongValue('math domain error');
  if (!Number.isFinite(result)) throw new EvaluationError('OverflowError', 'math range error');
  return result;
}

function isClose(a: number, b: number, relative: number, absolute: number): boolean {
  if (relative < 0 || absolute < 0) return wrongValue('tolerances cannot be negative');
  if (a === b) return true;
  if (!Number.isFinite(a) || !Number.isFinite(b)) return false;
  return Math.abs(a - b) <= Math.max(relative * Math.max(Math.abs(a), Math.abs(b)), absolute);
}

function divisorOf(a: bigint, b: bigint): bigint {
  while (b !== 0n) [a, b] = [b, a % b];
  return a < 0n ? -a : a;
}

function factorial(n: bigint, budget: Budget): bigint {
  if (n < 0n) return wrongValue('factorial() takes no negative number');
  let product = 1n;
  for (let i = 2n; i <= n; i++) {
    budget.spend();
    product *= i;
    budget.bits(bitLength(product));
  }
  return product;
}

function squareRoot(n: bigint): bigint {
  if (n < 0n) return wrongValue('isqrt() takes no negative number');
  if (n < 2n) return n;
  let guess = 1n << BigInt((bitLength(n) >> 1) + 1);
  for (;;) {
    const next = (guess + n / guess) >> 1n;
    if (next >= guess) return guess;
    guess = next;
  }
}
