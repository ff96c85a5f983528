import { floorDivide, floorModulo } from './integers.js';
import { wrongValue } from './query-error.js';
import { DateTimeValue } from './values.js';

const DAY = 86_400_000_000n;
const MINUTE = 60_000_000n;

/** A moment as its own clock shows it. */
export interface Clock {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  /** 0 is Monday. */
  readonly weekday: number;
}

export function clockOf(moment: DateTimeValue): Clock {
  const local = moment.micros + BigInt(moment.offset) * MINUTE;
  const date = new Date(Number(floorDivide(local, 1000n)));
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth() + 1,
    day: date.getUTCDate(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
    microsecond: Number(floorModulo(local, 1_000_000n)),
    weekday: (date.getUTCDay() + 6) % 7,
  };
}

/** @throws EvaluationError for a date that is none */
export function momentOf(fields: readonly number[], offset: number): DateTimeValue {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, microsecond = 0] = fields;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  const valid =
    year >= 1 && year <= 9999 && month >= 1 && month <= 12 && date.getUTCDate() === day && date.getUTCMonth() === month - 1 &&
    within(hour, 23) && within(minute, 59) && within(second, 59) && within(microsecond, 999_999); // prettier-ignore
  if (!valid) return wrongValue('this date does not exist');
  const seconds = BigInt(date.getTime() / 1000 + hour * 3600 + minute * 60 + second);
  return new DateTimeValue(seconds * 1_000_000n + BigInt(microsecond) - BigInt(offset) * MINUTE, offset);
}
const within = (value: number, last: number): boolean => value >= 0 && value <= last;

/** As `str(datetime)` writes a moment without a zone. */
export function momentText(moment: DateTimeValue): string {
  const { year, month, day, hour, minute, second, microsecond } = clockOf(moment);
  const two = (value: number): string => String(value).padStart(2, '0');
  const fraction = microsecond === 0 ? '' : `.${String(microsecond).padStart(6, '0')}`;
  return `${String(year).padStart(4, '0')}-${two(month)}-${two(day)} ${two(hour)}:${two(minute)}:${two(second)}${fraction}`;
}

/** As `str(timedelta)` writes a span: days, then a positive time of day. */
export function spanText(micros: bigint): string {
  const days = floorDivide(micros, DAY);
  const rest = Number(floorModulo(micros, DAY));
  const seconds = Math.floor(rest / 1e6);
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
  const fraction = rest % 1e6 === 0 ? '' : `.${String(rest % 1e6).padStart(6, '0')}`;
  return `${days === 0n ? '' : `${days} day${days === 1n || days === -1n ? '' : 's'}, `}${time}${fraction}`;
}
