import { asIndex, asText, named } from './arguments.js';
import type { Budget } from './budget.js';
import { wrongValue } from './query-error.js';
import { type FunctionValue, ListValue, TupleValue, type Value } from './values.js';

/** Python's white space, as it divides words. */
const BLANK = '[ \\t\\n\\r\\v\\f\\x1c-\\x1f\\x85\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const LINE_END = /\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]/g;
const FIRST_WORD = new RegExp(`^${BLANK}*((?:(?!${BLANK}).)+)${BLANK}*`, 'su');
const LAST_WORD = new RegExp(BLANK, 'u');

/** `split` and `rsplit`. */
export const splitMethods: readonly [string, (self: string) => FunctionValue][] = [
  ['split', (self) => named('split', ['sep', 'maxsplit'], 0, ([sep, most], budget) => split(self, sep, most, budget, false))],
  ['rsplit', (self) => named('rsplit', ['sep', 'maxsplit'], 0, ([sep, most], budget) => split(self, sep, most, budget, true))],
]; // prettier-ignore

function split(
  self: string,
  sep: Value | undefined,
  most: Value | undefined,
  budget: Budget,
  right: boolean,
): ListValue {
  const limit = most === undefined || asIndex(most) < 0 ? Infinity : asIndex(most);
  if (sep === undefined || sep === null) {
    budget.items(self.length >> 1);
    return new ListValue(right ? wordsFromRight(self, limit) : words(self, limit));
  }
  const sign = asText(sep);
  if (sign === '') return wrongValue('an empty separator');
  budget.search(self.length, sign.length);
  const pieces = self.split(sign);
  budget.items(pieces.length);
  if (pieces.length - 1 <= limit) return new ListValue(pieces);
  const joined = right
    ? [pieces.slice(0, pieces.length - limit).join(sign), ...pieces.slice(pieces.length - limit)]
    : [...pieces.slice(0, limit), pieces.slice(limit).join(sign)];
  return new ListValue(joined);
}

function words(self: string, limit: number): string[] {
  const found: string[] = [];
  let rest = self;
  while (found.length < limit) {
    const word = FIRST_WORD.exec(rest);
    if (!word) break;
    found.push(word[1]!);
    rest = rest.slice(word[0].length);
  }
  const left = rest.replace(new RegExp(`^${BLANK}+`, 'u'), '');
  return left === '' ? found : [...found, left];
}

function wordsFromRight(self: string, limit: number): string[] {
  const found: string[] = [];
  let end = trimmedEnd(self, self.length);
  while (end > 0 && found.length < limit) {
    let start = end;
    while (start > 0 && !LAST_WORD.test(self[start - 1]!)) start--;
    found.unshift(self.slice(start, end));
    end = trimmedEnd(self, start);
  }
  return end > 0 ? [self.slice(0, end), ...found] : found;
}
function trimmedEnd(text: string, end: number): number {
  while (end > 0 && LAST_WORD.test(text[end - 1]!)) end--;
  return end;
}

/** `partition` and `rpartition`: before, the sign, after. */
export function cut(self: string, sign: string, last: boolean): TupleValue {
  if (sign === '') return wrongValue('an empty separator');
  const at = last ? self.lastIndexOf(sign) : self.indexOf(sign);
  if (at < 0) return new TupleValue(last ? ['', '', self] : [self, '', '']);
  return new TupleValue([self.slice(0, at), sign, self.slice(at + sign.length)]);
}

export function splitLines(self: string, keep: boolean): ListValue {
  const lines: string[] = [];
  let from = 0;
  for (const end of self.matchAll(LINE_END)) {
    lines.push(self.slice(from, keep ? end.index + end[0].length : end.index));
    from = end.index + end[0].length;
  }
  return new ListValue(from < self.length ? [...lines, self.slice(from)] : lines);
}
