import type { Budget } from './budget.js';
import { EvaluationError } from './query-error.js';
import { spanText } from './calendar.js';
import { momentText } from './calendar.js';
import {
  DateTimeValue, DictLike, DurationValue, FunctionValue, ListValue, RangeValue, SetValue, TupleValue, type Value,
} from './values.js'; // prettier-ignore

/** Python's `str`. */
export function textOf(value: Value, budget: Budget): string {
  return typeof value === 'string' ? value : value instanceof DateTimeValue ? momentText(value) : reprOf(value, budget);
}

/** Python's `repr`. */
export function reprOf(value: Value, budget: Budget): string {
  budget.spend();
  if (value === null) return 'None';
  switch (typeof value) {
    case 'boolean':
      return value ? 'True' : 'False';
    case 'bigint':
      return wholeText(value);
    case 'number':
      return floatText(value);
    case 'string':
      budget.text(value.length);
      return quoted(value);
    default:
      return objectText(value, budget);
  }
}

function objectText(value: object, budget: Budget): string {
  const all = (items: Iterable<Value>): string[] => Array.from(items, (item) => reprOf(item, budget));
  const joined = (parts: readonly string[]): string => {
    budget.text(parts.reduce((length, part) => length + part.length + 2, 0));
    return parts.join(', ');
  };
  if (value instanceof ListValue) return `[${joined(all(value.items))}]`;
  if (value instanceof TupleValue) return `(${joined(all(value.items))}${value.items.length === 1 ? ',' : ''})`;
  if (value instanceof SetValue) return value.members.size === 0 ? 'set()' : `{${joined(all(value.members.values()))}}`;
  if (value instanceof DictLike) {
    return `{${joined(Array.from(value.entries(), ([key, item]) => `${reprOf(key, budget)}: ${reprOf(item, budget)}`))}}`;
  }
  if (value instanceof RangeValue) {
    return `range(${value.start}, ${value.stop}${value.step === 1n ? '' : `, ${value.step}`})`;
  }
  if (value instanceof DurationValue) return spanText(value.micros);
  if (value instanceof DateTimeValue) return `datetime(${momentText(value)})`;
  return value instanceof FunctionValue ? `<function ${value.name}>` : '<object>';
}

/** @throws EvaluationError beyond 4300 digits, as Python does */
export function wholeText(value: bigint): string {
  const size = value < 0n ? -value : value;
  if (size >= LONGEST) throw new EvaluationError('ValueError', 'an int has more than 4300 digits');
  return value.toString();
}
const LONGEST = 10n ** 4300n;

/** The shortest text that reads as the same double, with an exponent where Python writes one. */
export function floatText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const [digits = '', power = '0'] = Math.abs(value).toExponential().split('e');
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const exponent = Number(power);
  const plain = digits.replace('.', '');
  if (exponent < -4 || exponent >= 16) {
    return `${sign}${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
  }
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${plain}`;
  const whole = plain.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${plain.slice(exponent + 1) || '0'}`;
}

const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['\\', '\\\\'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
]);
const UNSEEN = /[\\\n\r\t'\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]|(?! )\p{Zs}/gu;

function quoted(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const inside = text.replaceAll(UNSEEN, (sign) => {
    if (sign === "'") return quote === "'" ? "\\'" : sign;
    const point = sign.codePointAt(0)!;
    const hex = point.toString(16);
    const long = point > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
    return ESCAPES.get(sign) ?? (point <= 0xff ? `\\x${hex.padStart(2, '0')}` : long);
  });
  return quote + inside + quote;
}
