import { plain } from './arguments.js';
import { clockOf, momentText } from './calendar.js';
import { secondsOf } from './compare-values.js';
import { dictMethod, sequenceMethod, setMethod } from './container-methods.js';
import { bitLength, floorDivide, floorModulo } from './integers.js';
import { EvaluationError } from './query-error.js';
import { textMethods } from './text-methods.js';
import {
  DateTimeValue, DictLike, DurationValue, FunctionValue, ListValue, ObjectValue, RangeValue, SetValue, TupleValue, type Value,
} from './values.js'; // prettier-ignore

/** `value.name`; None when it has no such name. Only the names listed in these files exist: nothing of the host is reached. */
export function attributeOf(value: Value, name: string): Value {
  if (value === null || typeof value === 'boolean') return null;
  if (typeof value === 'string') {
    if (name === 'format' || name === 'format_map')
      throw new EvaluationError('NotImplementedError', 'format() is not part of the language');
    return textMethods.get(name)?.(value) ?? null;
  }
  if (typeof value === 'bigint')
    return name === 'bit_length' ? plain(name, 0, 0, () => BigInt(bitLength(value))) : null;
  if (typeof value === 'number') return name === 'is_integer' ? plain(name, 0, 0, () => Number.isInteger(value)) : null;
  return attributeOfObject(value, name) ?? null;
}

function attributeOfObject(value: object, name: string): Value | undefined {
  if (value instanceof DictLike) return value.attribute(name) ?? dictMethod(value, name);
  if (value instanceof ObjectValue) return value.attribute(name);
  if (value instanceof FunctionValue) return value.attributes.get(name);
  if (value instanceof ListValue || value instanceof TupleValue) return sequenceMethod(value, name);
  if (value instanceof SetValue) return setMethod(value, name);
  if (value instanceof DateTimeValue) return momentAttribute(value, name);
  if (value instanceof DurationValue) return spanAttribute(value, name);
  if (value instanceof RangeValue) return rangeAttribute(value, name);
  return undefined;
}

const CLOCK = ['year', 'month', 'day', 'hour', 'minute', 'second', 'microsecond'] as const;

function momentAttribute(moment: DateTimeValue, name: string): Value | undefined {
  const field = CLOCK.find((one) => one === name);
  if (field) return BigInt(clockOf(moment)[field]);
  switch (name) {
    case 'timestamp':
      return plain(name, 0, 0, () => secondsOf(moment));
    case 'weekday':
      return plain(name, 0, 0, () => BigInt(clockOf(moment).weekday));
    case 'isoweekday':
      return plain(name, 0, 0, () => BigInt(clockOf(moment).weekday + 1));
    case 'isoformat':
      return plain(name, 0, 0, () => momentText(moment).replace(' ', 'T'));
    default:
      return undefined;
  }
}

const DAY = 86_400_000_000n;

function spanAttribute({ micros }: DurationValue, name: string): Value | undefined {
  switch (name) {
    case 'days':
      return floorDivide(micros, DAY);
    case 'seconds':
      return floorModulo(micros, DAY) / 1_000_000n;
    case 'microseconds':
      return floorModulo(micros, 1_000_000n);
    case 'total_seconds':
      return plain(name, 0, 0, () => Number(micros) / 1e6);
    default:
      return undefined;
  }
}

function rangeAttribute({ start, stop, step }: RangeValue, name: string): Value | undefined {
  return name === 'start' ? start : name === 'stop' ? stop : name === 'step' ? step : undefined;
}
