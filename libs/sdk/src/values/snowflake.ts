import { randomInt } from 'node:crypto';

let last = 0n;

/** A 19-digit id that rises with time: milliseconds, then 22 bits of chance; two of one process are never the same. */
export function snowflake(): string {
  const made = (BigInt(Date.now()) << 22n) | BigInt(randomInt(2 ** 22));
  last = made > last ? made : last + 1n;
  return last.toString();
}
