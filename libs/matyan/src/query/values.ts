import type { Budget } from './budget.js';

/** A value of the language: bigints are ints, numbers floats, null is None. No value is an object of the host. */
export type Value =
  | null
  | boolean
  | bigint
  | number
  | string
  | ListValue
  | TupleValue
  | SetValue
  | DictLike
  | RangeValue
  | IteratorValue
  | DateTimeValue
  | DurationValue
  | FunctionValue
  | ObjectValue;

export class ListValue {
  constructor(readonly items: readonly Value[]) {}
}
export class TupleValue {
  constructor(readonly items: readonly Value[]) {}
}
/** Members by their hash (`hashOf`). */
export class SetValue {
  constructor(readonly members: ReadonlyMap<string, Value>) {}
}
/** A mapping; `hash` of a key is `hashOf(key)`. */
export abstract class DictLike {
  abstract readonly size: number;
  abstract get(key: Value, hash: string): Value | undefined;
  abstract entries(): Iterable<readonly [Value, Value]>;
  /** Its value by a dot, when it has that name. */
  abstract attribute(name: string): Value | undefined;
}
/** A mapping the query made. */
export class DictValue extends DictLike {
  constructor(private readonly byHash: ReadonlyMap<string, readonly [Value, Value]>) {
    super();
  }
  get size(): number {
    return this.byHash.size;
  }
  get(_key: Value, hash: string): Value | undefined {
    return this.byHash.get(hash)?.[1];
  }
  entries(): Iterable<readonly [Value, Value]> {
    return this.byHash.values();
  }
  attribute(): undefined {
    return undefined;
  }
}
export class RangeValue {
  readonly length: number;
  constructor(
    readonly start: bigint,
    readonly stop: bigint,
    readonly step: bigint,
  ) {
    const span = step > 0n ? stop - start : start - stop;
    const size = step > 0n ? step : -step;
    this.length = span <= 0n ? 0 : Number((span + size - 1n) / size);
  }
  at(index: number): bigint {
    return this.start + this.step * BigInt(index);
  }
}
/** Values that are made one by one and can be gone through once. */
export class IteratorValue {
  private readonly iterator: Iterator<Value>;
  constructor(source: Iterable<Value>) {
    this.iterator = source[Symbol.iterator]();
  }
  /** What is left of it; who stops early leaves the rest. */
  rest(): Iterable<Value> {
    const { iterator } = this;
    return { [Symbol.iterator]: () => ({ next: () => iterator.next() }) };
  }
}
/** A moment: microseconds since 1970, and the minutes its clock is ahead of UTC. */
export class DateTimeValue {
  constructor(
    readonly micros: bigint,
    readonly offset: number,
  ) {}
}
/** A span in microseconds. */
export class DurationValue {
  constructor(readonly micros: bigint) {}
}

/** Arguments of a call. */
export interface Arguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}
/** What can be called: a built-in, a method, or a type. */
export class FunctionValue {
  constructor(
    readonly name: string,
    readonly call: (args: Arguments, budget: Budget) => Value,
    /** Functions and constants that hang on it, `datetime.now`. */
    readonly attributes: ReadonlyMap<string, Value> = new Map(),
  ) {}
}
/** A run, a series, a module: what its names give, nothing else can be reached. */
export class ObjectValue {
  constructor(
    readonly name: string,
    /** A name's value; undefined when it has none, which reads as None. */
    readonly attribute: (name: string) => Value | undefined,
    /** What brackets give; undefined is an error. Absent: it has no items. */
    readonly item?: (key: Value) => Value | undefined,
    /** False when it stands for something missing. */
    readonly truthy = true,
  ) {}
}

export const isNumber = (value: Value): value is boolean | bigint | number =>
  typeof value === 'bigint' || typeof value === 'number' || typeof value === 'boolean';
/** Ints and booleans, which Python counts among them. */
export const isWhole = (value: Value): value is boolean | bigint =>
  typeof value === 'bigint' || typeof value === 'boolean';
