import { unreadable } from './query-error.js';

const SIMPLE: ReadonlyMap<string, string> = new Map([
  ['\n', ''],
  ['\\', '\\'],
  ["'", "'"],
  ['"', '"'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);
const HEX_DIGITS: ReadonlyMap<string, number> = new Map([
  ['x', 2],
  ['u', 4],
  ['U', 8],
]);

/** A string literal from its prefix on. @throws QueryError when it does not end or has a prefix other than r or u */
export function readString(text: string, at: number, prefix: string, quote: string): { value: string; end: number } {
  const kind = prefix.toLowerCase();
  if (kind.includes('f')) throw unreadable('formatted-string', at);
  if (!['', 'r', 'u'].includes(kind)) throw unreadable('string-prefix', at, { prefix });
  let value = '';
  let here = at + prefix.length + quote.length;
  while (!text.startsWith(quote, here)) {
    const sign = text[here];
    if (sign === undefined || (sign === '\n' && quote.length === 1)) {
      throw unreadable('string-open', at);
    }
    if (sign !== '\\') {
      value += sign;
      here++;
    } else if (kind === 'r') {
      value += text.slice(here, here + 2);
      here += 2;
    } else {
      const escape = readEscape(text, here);
      value += escape.value;
      here = escape.end;
    }
  }
  return { value, end: here + quote.length };
}

function readEscape(text: string, at: number): { value: string; end: number } {
  const sign = text.slice(at + 1, at + 2);
  const simple = SIMPLE.get(sign);
  if (simple !== undefined) return { value: simple, end: at + 2 };
  const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4))?.[0];
  if (octal) return { value: String.fromCodePoint(parseInt(octal, 8)), end: at + 1 + octal.length };
  const count = HEX_DIGITS.get(sign);
  if (count !== undefined) {
    const digits = text.slice(at + 2, at + 2 + count);
    const point = parseInt(digits, 16);
    if (!new RegExp(`^[0-9a-fA-F]{${count}}$`).test(digits) || point > 0x10ffff) {
      throw unreadable('escape-digits', at, { sign: `\\${sign}`, count });
    }
    return { value: String.fromCodePoint(point), end: at + 2 + count };
  }
  if (sign === 'N') throw unreadable('named-character', at);
  // Python keeps the backslash of an escape it does not know.
  return { value: '\\' + sign, end: at + 1 + Math.max(1, sign.length) };
}
