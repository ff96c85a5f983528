import { asIndex, asText, named, plain } from './arguments.js';
import type { Budget } from './budget.js';
import { lengthOf, pointsOf } from './code-points.js';
import { itemsOf } from './sequences.js';
import { sliceOf } from './slices.js';
import { caseMethods } from './text-case.js';
import { cut, splitLines, splitMethods } from './text-split.js';
import { wrongType, wrongValue } from './query-error.js';
import { type FunctionValue, TupleValue, type Value } from './values.js';

type Method = (self: string) => FunctionValue;
/** Python's white space. */
const BLANKS =
  ' \t\n\r\v\f\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000';

/** What can be called on a text; `format` is not among them. */
export const textMethods: ReadonlyMap<string, Method> = new Map<string, Method>([
  ...caseMethods,
  ...splitMethods,
  ['strip', (self) => plain('strip', 0, 1, ([signs]) => strip(self, signs, true, true))],
  ['lstrip', (self) => plain('lstrip', 0, 1, ([signs]) => strip(self, signs, true, false))],
  ['rstrip', (self) => plain('rstrip', 0, 1, ([signs]) => strip(self, signs, false, true))],
  ['startswith', (self) => plain('startswith', 1, 3, (args, budget) => edge(self, args, budget, (a, b) => a.startsWith(b)))],
  ['endswith', (self) => plain('endswith', 1, 3, (args, budget) => edge(self, args, budget, (a, b) => a.endsWith(b)))],
  ['find', (self) => plain('find', 1, 3, (args, budget) => BigInt(find(self, args, budget, false)))],
  ['rfind', (self) => plain('rfind', 1, 3, (args, budget) => BigInt(find(self, args, budget, true)))],
  ['index', (self) => plain('index', 1, 3, (args, budget) => present(find(self, args, budget, false)))],
  ['rindex', (self) => plain('rindex', 1, 3, (args, budget) => present(find(self, args, budget, true)))],
  ['count', (self) => plain('count', 1, 3, (args, budget) => count(self, args, budget))],
  ['replace', (self) => plain('replace', 2, 3, (args, budget) => replace(self, args, budget))],
  ['join', (self) => plain('join', 1, 1, ([items], budget) => join(self, items!, budget))],
  ['zfill', (self) => plain('zfill', 1, 1, ([width], budget) => zfill(self, asIndex(width), budget))],
  ['ljust', (self) => plain('ljust', 1, 2, (args, budget) => pad(self, args, budget, () => 0))],
  ['rjust', (self) => plain('rjust', 1, 2, (args, budget) => pad(self, args, budget, (room) => room))],
  ['center', (self) => plain('center', 1, 2, (args, budget) => pad(self, args, budget, centred))],
  ['removeprefix', (self) => plain('removeprefix', 1, 1, ([a]) => (self.startsWith(asText(a)) ? self.slice(asText(a).length) : self))],
  ['removesuffix', (self) => plain('removesuffix', 1, 1, ([a]) => (asText(a) !== '' && self.endsWith(asText(a)) ? self.slice(0, -asText(a).length) : self))],
  ['partition', (self) => plain('partition', 1, 1, ([sign]) => cut(self, asText(sign), false))],
  ['rpartition', (self) => plain('rpartition', 1, 1, ([sign]) => cut(self, asText(sign), true))],
  ['splitlines', (self) => named('splitlines', ['keepends'], 0, ([keep]) => splitLines(self, keep === true || keep === 1n))],
]); // prettier-ignore

function strip(self: string, signs: Value | undefined, left: boolean, right: boolean): string {
  const set = new Set(pointsOf(signs === undefined || signs === null ? BLANKS : asText(signs)));
  const points = pointsOf(self);
  let from = 0;
  let to = points.length;
  while (left && from < to && set.has(points[from]!)) from++;
  while (right && to > from && set.has(points[to - 1]!)) to--;
  return points.slice(from, to).join('');
}

/** The part of a text between two places, and where it begins. */
function part(
  self: string,
  [, from, to]: readonly Value[],
  budget: Budget,
): { text: string; from: number } | undefined {
  if (from === undefined) return { text: self, from: 0 };
  const length = lengthOf(self);
  const begin = from === null ? 0 : asIndex(from);
  if (begin > length) return undefined;
  const text = sliceOf(self, [from, to ?? null, null], budget) as string;
  return { text, from: Math.max(0, begin < 0 ? begin + length : begin) };
}

function edge(self: string, args: readonly Value[], budget: Budget, test: (a: string, b: string) => boolean): boolean {
  const [wanted] = args;
  const all = wanted instanceof TupleValue ? wanted.items.map(asText) : [asText(wanted)];
  const where = part(self, args, budget);
  budget.items(all.length);
  return where !== undefined && all.some((one) => test(where.text, one));
}

function find(self: string, args: readonly Value[], budget: Budget, last: boolean): number {
  const wanted = asText(args[0]);
  const where = part(self, args, budget);
  if (!where) return -1;
  budget.search(where.text.length, wanted.length);
  const at = last ? where.text.lastIndexOf(wanted) : where.text.indexOf(wanted);
  return at < 0 ? -1 : where.from + lengthOf(where.text.slice(0, at));
}
const present = (at: number): bigint => (at < 0 ? wrongValue('the text is not in it') : BigInt(at));

function count(self: string, args: readonly Value[], budget: Budget): bigint {
  const wanted = asText(args[0]);
  const where = part(self, args, budget);
  if (!where) return 0n;
  budget.search(where.text.length, wanted.length);
  return BigInt(wanted === '' ? lengthOf(where.text) + 1 : where.text.split(wanted).length - 1);
}

function replace(self: string, [from, to, most]: readonly Value[], budget: Budget): string {
  const old = asText(from);
  const fresh = asText(to);
  budget.search(self.length, old.length);
  const limit = most === undefined || asIndex(most) < 0 ? Infinity : asIndex(most);
  const pieces = old === '' ? ['', ...pointsOf(self), ''] : self.split(old);
  const changes = Math.min(limit, pieces.length - 1);
  budget.text(self.length + changes * fresh.length);
  return pieces.map((piece, i) => piece + (i === pieces.length - 1 ? '' : i < changes ? fresh : old)).join('');
}

function join(self: string, items: Value, budget: Budget): string {
  const texts = itemsOf(items, budget).map((item) =>
    typeof item === 'string' ? item : wrongType('join() takes texts'),
  );
  budget.text(texts.reduce((length, text) => length + text.length + self.length, 0));
  return texts.join(self);
}

function zfill(self: string, width: number, budget: Budget): string {
  budget.text(Math.max(0, width));
  const sign = /^[+-]/.exec(self)?.[0] ?? '';
  return sign + '0'.repeat(Math.max(0, width - lengthOf(self))) + self.slice(sign.length);
}

function pad(
  self: string,
  args: readonly Value[],
  budget: Budget,
  leftOf: (room: number, width: number) => number,
): string {
  const [size, fill = ' '] = args;
  const sign = asText(fill);
  if (lengthOf(sign) !== 1) return wrongType('one character is due to fill up with');
  const width = asIndex(size);
  const room = width - lengthOf(self);
  if (room <= 0) return self;
  budget.text(width);
  const left = leftOf(room, width);
  return sign.repeat(left) + self + sign.repeat(room - left);
}
/** As CPython: an odd rest goes left when the width is odd. */
const centred = (room: number, width: number): number => Math.floor(room / 2) + (room & width & 1);
