import type { BinarySign } from './ast.js';
import type { Budget } from './budget.js';
import { repeat, joinSequences, setOperation } from './combine.js';
import { momentArithmetic } from './moments.js';
import { bitLength, exactParts, floorDivide, floorModulo, trueDivide } from './integers.js';
import { EvaluationError, wrongType, wrongValue } from './query-error.js';
import { DateTimeValue, DurationValue, isNumber, isWhole, SetValue, type Value } from './values.js';

/** `a <sign> b` as Python works it out. @throws EvaluationError as Python raises */
export function calculate(sign: BinarySign, a: Value, b: Value, budget: Budget): Value {
  budget.spend();
  if (isNumber(a) && isNumber(b)) {
    if (isWhole(a) && isWhole(b)) return wholes(sign, a, b, budget);
    return floats(sign, toFloat(a), toFloat(b));
  }
  if (isMoment(a) || isMoment(b)) return momentArithmetic(sign, a, b);
  if (a instanceof SetValue && b instanceof SetValue) return setOperation(sign, a, b, budget);
  if (sign === '+') return joinSequences(a, b, budget);
  if (sign === '*' && isWhole(b)) return repeat(a, BigInt(b), budget);
  if (sign === '*' && isWhole(a)) return repeat(b, BigInt(a), budget);
  return wrongType(`"${sign}" does not take these two kinds of values`);
}

const isMoment = (value: Value): boolean => value instanceof DateTimeValue || value instanceof DurationValue;

/** @throws EvaluationError for an int no double is near to */
export function toFloat(value: boolean | bigint | number): number {
  const float = Number(value);
  if (typeof value === 'bigint' && !Number.isFinite(float))
    throw new EvaluationError('OverflowError', 'an int is too large for a float');
  return float;
}

function wholes(sign: BinarySign, left: boolean | bigint, right: boolean | bigint, budget: Budget): Value {
  const a = BigInt(left);
  const b = BigInt(right);
  switch (sign) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      budget.bits(bitLength(a) + bitLength(b));
      return a * b;
    case '/':
      return finite(trueDivide(a, divisor(b)));
    case '//':
      return floorDivide(a, divisor(b));
    case '%':
      return floorModulo(a, divisor(b));
    case '**':
      return wholePower(a, b, budget);
    case '<<':
    case '>>':
      return shift(a, sign === '<<' ? b : -b, b < 0n, budget);
    default: {
      const joined = bitwise(sign, a, b);
      return typeof left === 'boolean' && typeof right === 'boolean' ? joined === 1n : joined;
    }
  }
}

const bitwise = (sign: '&' | '|' | '^', a: bigint, b: bigint): bigint =>
  sign === '&' ? a & b : sign === '|' ? a | b : a ^ b;

function divisor(b: bigint): bigint {
  if (b === 0n) throw new EvaluationError('ZeroDivisionError', 'division by zero');
  return b;
}

function shift(a: bigint, by: bigint, negative: boolean, budget: Budget): bigint {
  if (negative) return wrongValue('a shift cannot be negative');
  if (by > 0n && a !== 0n) budget.bits(bitLength(a) + bits(by));
  return by >= 0n ? (a === 0n ? 0n : a << by) : -by > 1_000_000n ? (a < 0n ? -1n : 0n) : a >> -by;
}
/** A count of bits as a number that is safely too large when it is huge. */
const bits = (count: bigint): number => (count > 1_000_000_000n ? 1e9 : Number(count));

function wholePower(a: bigint, b: bigint, budget: Budget): Value {
  if (b < 0n) return floatPower(toFloat(a), toFloat(b));
  if (a !== 0n && a !== 1n && a !== -1n) budget.bits(bitLength(a) * bits(b));
  else if (b > 1n) return a === -1n && b % 2n === 0n ? 1n : a;
  return a ** b;
}

function floats(sign: BinarySign, a: number, b: number): number {
  switch (sign) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / floatDivisor(b);
    case '//':
      return divideModulo(a, floatDivisor(b)).quotient;
    case '%':
      return divideModulo(a, floatDivisor(b)).modulo;
    case '**':
      return floatPower(a, b);
    default:
      return wrongType(`"${sign}" takes whole numbers only`);
  }
}

function floatDivisor(b: number): number {
  if (b === 0) throw new EvaluationError('ZeroDivisionError', 'division by zero');
  return b;
}

/** As CPython's float_divmod: the modulo has the divisor's sign, the quotient goes with it. */
function divideModulo(a: number, b: number): { quotient: number; modulo: number } {
  let modulo = a % b;
  let exact = (a - modulo) / b;
  if (modulo !== 0) {
    if (b < 0 !== modulo < 0) {
      modulo += b;
      exact -= 1;
    }
  } else modulo = b < 0 ? -0 : 0;
  if (exact === 0) return { quotient: a / b < 0 || Object.is(a / b, -0) ? -0 : 0, modulo };
  const floor = Math.floor(exact);
  return { quotient: exact - floor > 0.5 ? floor + 1 : floor, modulo };
}

function floatPower(a: number, b: number): number {
  if (a === 1 || b === 0) return 1;
  if (a === 0 && b < 0) throw new EvaluationError('ZeroDivisionError', '0.0 cannot be raised to a negative power');
  if (a === -1 && Math.abs(b) === Infinity) return 1;
  if (a < 0 && Number.isFinite(a) && Number.isFinite(b) && !Number.isInteger(b))
    return wrongType('complex numbers are not part of the language');
  const power = b === 0.5 ? Math.sqrt(a) : (exactPower(a, b) ?? a ** b);
  return Number.isFinite(a) && Number.isFinite(b) ? finite(power) : power;
}

/** The double nearest to a small whole power: the engine's own may be one step off. */
function exactPower(a: number, b: number): number | undefined {
  if (!Number.isInteger(b) || Math.abs(b) > 64 || !Number.isFinite(a) || a === 0) return undefined;
  const { mantissa, exponent } = exactParts(a);
  const times = BigInt(Math.abs(b));
  const shift = exponent * Math.abs(b);
  if (Math.abs(shift) > 4096) return undefined;
  const top = (mantissa ** times) << BigInt(Math.max(0, shift));
  const bottom = 1n << BigInt(Math.max(0, -shift));
  return b > 0 ? trueDivide(top, bottom) : trueDivide(bottom, top);
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new EvaluationError('OverflowError', 'the result is too large for a float');
  return value;
}

/** `-a`, `+a`, `~a`. */
export function negate(sign: '-' | '+' | '~', a: Value): Value {
  if (a instanceof DurationValue && sign !== '~') return sign === '-' ? new DurationValue(-a.micros) : a;
  if (!isNumber(a)) return wrongType(`"${sign}" takes a number`);
  if (typeof a === 'number') return sign === '-' ? -a : sign === '+' ? a : wrongType('"~" takes a whole number');
  const whole = BigInt(a);
  return sign === '-' ? -whole : sign === '+' ? whole : ~whole;
}
