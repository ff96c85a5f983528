import type { Budget } from './budget.js';
import { wrongType } from './query-error.js';
import { type Arguments, FunctionValue, isWhole, type Value } from './values.js';

/** A function of positional arguments, at least and at most so many. */
export function plain(
  name: string,
  least: number,
  most: number,
  work: (args: readonly Value[], budget: Budget) => Value,
): FunctionValue {
  return new FunctionValue(name, (args, budget) => {
    if (args.named.size > 0) wrongType(`${name}() takes no named arguments`);
    checkCount(name, args.positional.length, least, most);
    return work(args.positional, budget);
  });
}

/** A function some of whose arguments may be named: all get their place, absent ones are undefined. */
export function named(
  name: string,
  names: readonly string[],
  least: number,
  work: (args: readonly (Value | undefined)[], budget: Budget) => Value,
): FunctionValue {
  return new FunctionValue(name, (args, budget) => work(placed(name, names, least, args), budget));
}

function placed(name: string, names: readonly string[], least: number, args: Arguments): (Value | undefined)[] {
  checkCount(name, args.positional.length, 0, names.length);
  const all: (Value | undefined)[] = names.map((_, index) => args.positional[index]);
  for (const [key, value] of args.named) {
    const place = names.indexOf(key);
    if (place < 0 || all[place] !== undefined) wrongType(`${name}() does not take the argument "${key}"`);
    all[place] = value;
  }
  if (all.slice(0, least).includes(undefined)) wrongType(`${name}() needs ${least} arguments`);
  return all;
}

function checkCount(name: string, count: number, least: number, most: number): void {
  if (count < least || count > most) wrongType(`${name}() takes ${least} to ${most} arguments, not ${count}`);
}

export const argumentsOf = (...positional: Value[]): Arguments => ({ positional, named: new Map() });

export const asText = (value: Value | undefined): string =>
  typeof value === 'string' ? value : wrongType('a text is due');
/** A whole number, cut to what a place in a list can be. */
export function asIndex(value: Value | undefined): number {
  if (value === undefined || !isWhole(value)) return wrongType('a whole number is due');
  const whole = BigInt(value);
  return whole > FAR ? Number(FAR) : whole < -FAR ? -Number(FAR) : Number(whole);
}
const FAR = 2n ** 52n;
export const asFunction = (value: Value): FunctionValue =>
  value instanceof FunctionValue ? value : wrongType('this value cannot be called');
