import { asIndex, asText, named, plain } from './arguments.js';
import { momentOf } from './calendar.js';
import { rounded } from './moments.js';
import { EvaluationError, wrongType, wrongValue } from './query-error.js';
import { itemsOf } from './sequences.js';
import { DateTimeValue, DurationValue, FunctionValue, isNumber, ObjectValue, type Value } from './values.js';

/** What a search knows of its reader. */
export interface SearchClock {
  /** Minutes the reader's clock is ahead of UTC. */
  readonly offset: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Built-ins that differ from search to search: the time, and numbers by chance. */
export function searchBuiltins(clock: SearchClock): ReadonlyMap<string, Value> {
  return new Map<string, Value>([
    ['datetime', datetimeType(clock)],
    ['timedelta', timedelta],
    ['random', randomModule(clock.now)],
  ]);
}

const FIELDS = ['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond'];

function datetimeType({ offset, now }: SearchClock): FunctionValue {
  const moment = (millis: number, of = offset): DateTimeValue => new DateTimeValue(rounded(millis * 1000), of);
  const attributes = new Map<string, Value>([
    ['now', plain('now', 0, 1, () => moment(now))],
    ['today', plain('today', 0, 0, () => moment(now))],
    ['utcnow', plain('utcnow', 0, 0, () => moment(now, 0))],
    ['fromtimestamp', plain('fromtimestamp', 1, 1, ([seconds]) => fromTimestamp(seconds!, offset))],
    ['fromisoformat', plain('fromisoformat', 1, 1, ([text]) => fromIso(asText(text), offset))],
  ]);
  const make = named('datetime', FIELDS, 3, (fields) =>
    momentOf(
      fields.map((field) => (field === undefined ? 0 : asIndex(field))),
      offset,
    ),
  );
  return new FunctionValue('datetime', make.call, attributes);
}

function fromTimestamp(seconds: Value, offset: number): DateTimeValue {
  if (!isNumber(seconds)) return wrongType('a timestamp is a number');
  const micros = typeof seconds === 'number' ? rounded(seconds * 1e6) : BigInt(seconds) * 1_000_000n;
  if (micros < -62_135_596_800_000_000n || micros > 253_402_300_799_999_999n)
    return wrongValue('the year is out of range');
  return new DateTimeValue(micros, offset);
}

function fromIso(text: string, offset: number): DateTimeValue {
  const found = /^(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{3}|\d{6}))?)?)?$/.exec(text);
  if (!found) return wrongValue('this text is no moment in ISO format');
  const fields: (string | undefined)[] = found.slice(1);
  return momentOf(
    fields.map((field, index) => (index === 6 ? Number((field ?? '0').padEnd(6, '0')) : Number(field ?? 0))),
    offset,
  );
}

const UNITS: readonly [string, number][] = [
  ['days', 86_400e6],
  ['seconds', 1e6],
  ['microseconds', 1],
  ['milliseconds', 1e3],
  ['minutes', 60e6],
  ['hours', 3600e6],
  ['weeks', 604_800e6],
];

const timedelta = named('timedelta', UNITS.map(([name]) => name), 0, (amounts) => {
  const micros = amounts.map((amount, index) => {
    if (amount === undefined) return 0n;
    if (!isNumber(amount)) return wrongType('timedelta() takes numbers');
    const unit = UNITS[index]![1];
    return typeof amount === 'number' ? rounded(amount * unit) : BigInt(amount) * BigInt(unit);
  });
  const total = micros.reduce((sum, part) => sum + part, 0n);
  if (total > 86_400_000_000n * 1_000_000_000n || total < -86_400_000_000n * 999_999_999n) {
    throw new EvaluationError('OverflowError', 'a span is too long');
  }
  return new DurationValue(total);
}); // prettier-ignore

/** Numbers by chance; every search draws its own. */
function randomModule(seed: number): ObjectValue {
  let state = Math.floor(seed) >>> 0;
  const draw = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (low: number, high: number): number => low + Math.floor(draw() * (high - low + 1));
  const members = new Map<string, Value>([
    ['random', plain('random', 0, 0, () => draw())],
    ['uniform', plain('uniform', 2, 2, ([a, b]) => (isNumber(a!) && isNumber(b!) ? Number(a) + (Number(b) - Number(a)) * draw() : wrongType('uniform() takes numbers')))],
    ['randint', plain('randint', 2, 2, ([a, b]) => (asIndex(a) > asIndex(b) ? wrongValue('the range is empty') : BigInt(between(asIndex(a), asIndex(b)))))],
    ['choice', plain('choice', 1, 1, ([value], budget) => {
      const items = itemsOf(value!, budget);
      return items.length === 0 ? wrongValue('there is nothing to choose from') : items[between(0, items.length - 1)]!;
    })],
  ]); // prettier-ignore
  return new ObjectValue('random', (name) => members.get(name));
}
