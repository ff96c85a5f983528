import type { BinarySign } from './ast.js';
import { floorDivide, floorModulo } from './integers.js';
import { EvaluationError, wrongType } from './query-error.js';
import { secondsOf } from './compare-values.js';
import { DateTimeValue, DurationValue, isNumber, isWhole, type Value } from './values.js';

/** Arithmetic with moments and spans. Beside a number a moment is its timestamp, as upstream reads `datetime(…)`. */
export function momentArithmetic(sign: BinarySign, a: Value, b: Value): Value {
  if (a instanceof DurationValue) return withSpan(sign, a, b);
  if (!(a instanceof DateTimeValue)) return beside(sign, a, b);
  if (b instanceof DateTimeValue && sign === '-') return new DurationValue(a.micros - b.micros);
  if (b instanceof DurationValue && (sign === '+' || sign === '-'))
    return moved(a, sign === '+' ? b.micros : -b.micros);
  return isNumber(b) ? seconds(sign, secondsOf(a), Number(b)) : unfit(sign);
}

function withSpan(sign: BinarySign, { micros }: DurationValue, b: Value): Value {
  if (b instanceof DurationValue) return spans(sign, micros, b.micros);
  if (b instanceof DateTimeValue && sign === '+') return moved(b, micros);
  return isNumber(b) ? scaled(sign, micros, b) : unfit(sign);
}

/** A number before a moment or a span. */
function beside(sign: BinarySign, a: Value, b: Value): Value {
  if (!isNumber(a)) return unfit(sign);
  if (b instanceof DurationValue && sign === '*') return scaled(sign, b.micros, a);
  return b instanceof DateTimeValue ? seconds(sign, Number(a), secondsOf(b)) : unfit(sign);
}

const unfit = (sign: BinarySign): never => wrongType(`"${sign}" does not take these two kinds of values`);

function seconds(sign: BinarySign, a: number, b: number): number {
  return sign === '+' ? a + b : sign === '-' ? a - b : wrongType(`"${sign}" does not take a moment`);
}

function spans(sign: BinarySign, a: bigint, b: bigint): Value {
  if (sign === '+') return span(a + b);
  if (sign === '-') return span(a - b);
  if (b === 0n) throw new EvaluationError('ZeroDivisionError', 'division by zero');
  if (sign === '/') return Number(a) / Number(b);
  if (sign === '//') return floorDivide(a, b);
  return sign === '%' ? span(floorModulo(a, b)) : wrongType(`"${sign}" does not take spans`);
}

function scaled(sign: BinarySign, micros: bigint, by: boolean | bigint | number): DurationValue {
  if (sign === '*') return span(isWhole(by) ? micros * BigInt(by) : rounded(Number(micros) * by));
  if (sign !== '/' && sign !== '//') return wrongType(`"${sign}" does not take a span and a number`);
  if (Number(by) === 0) throw new EvaluationError('ZeroDivisionError', 'division by zero');
  if (sign === '//')
    return isWhole(by) ? span(floorDivide(micros, BigInt(by))) : wrongType('"//" takes a whole number');
  return span(rounded(Number(micros) / Number(by)));
}

/** Halves to even, as Python rounds microseconds. @throws EvaluationError for what is no number of microseconds */
export function rounded(micros: number): bigint {
  if (!Number.isFinite(micros)) throw new EvaluationError('OverflowError', 'a span is not finite');
  const floor = Math.floor(micros);
  const rest = micros - floor;
  return BigInt(rest > 0.5 || (rest === 0.5 && floor % 2 !== 0) ? floor + 1 : floor);
}

const DAY = 86_400_000_000n;
/** Python's spans end here. */
function span(micros: bigint): DurationValue {
  if (micros > 1_000_000_000n * DAY || micros < -999_999_999n * DAY)
    throw new EvaluationError('OverflowError', 'a span is too long');
  return new DurationValue(micros);
}

/** 0001-01-01 and 9999-12-31, between which Python's moments lie. */
const FIRST = -62_135_596_800_000_000n;
const LAST = 253_402_300_799_999_999n;

function moved(moment: DateTimeValue, by: bigint): DateTimeValue {
  const micros = moment.micros + by;
  const local = micros + BigInt(moment.offset) * 60_000_000n;
  if (local < FIRST || local > LAST) throw new EvaluationError('OverflowError', 'a moment is out of range');
  return new DateTimeValue(micros, moment.offset);
}
