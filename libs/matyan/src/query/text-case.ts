import { plain } from './arguments.js';
import { pointsOf } from './code-points.js';
import type { FunctionValue } from './values.js';

const CASED = /[\p{Lu}\p{Ll}\p{Lt}]/u;
const UPPER = /[\p{Lu}]/u;
const LOWER = /\p{Lowercase}/u;

const make = (name: string, change: (self: string) => string | boolean): [string, (self: string) => FunctionValue] => [
  name,
  (self) =>
    plain(name, 0, 0, (_args, budget) => {
      budget.text(self.length);
      return change(self);
    }),
];
const every =
  (pattern: RegExp) =>
  (self: string): boolean =>
    self !== '' && pointsOf(self).every((sign) => pattern.test(sign));

/** Upper and lower case, and what kind of characters a text is made of. */
export const caseMethods: readonly [string, (self: string) => FunctionValue][] = [
  make('lower', (self) => self.toLowerCase()),
  make('upper', (self) => self.toUpperCase()),
  make('casefold', (self) => self.toLowerCase().replaceAll('ß', 'ss').replaceAll('ς', 'σ')),
  make('capitalize', (self) => pointsOf(self).map((sign, i) => (i === 0 ? titled(sign) : sign.toLowerCase())).join('')),
  make('swapcase', (self) => pointsOf(self).map((sign) => (UPPER.test(sign) ? sign.toLowerCase() : LOWER.test(sign) ? sign.toUpperCase() : sign)).join('')),
  make('title', title),
  make('isdigit', every(/[\p{Nd}\u00b2\u00b3\u00b9\u2070\u2074-\u2079\u2080-\u2089]/u)),
  make('isdecimal', every(/\p{Nd}/u)),
  make('isnumeric', every(/\p{N}/u)),
  make('isalpha', every(/\p{L}/u)),
  make('isalnum', every(/[\p{L}\p{N}]/u)),
  make('isspace', every(/[ \t\n\r\v\f\x1c-\x1f\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/u)),
  make('isupper', (self) => pointsOf(self).some((sign) => CASED.test(sign)) && pointsOf(self).every((sign) => !LOWER.test(sign) && !/\p{Lt}/u.test(sign))),
  make('islower', (self) => pointsOf(self).some((sign) => LOWER.test(sign)) && pointsOf(self).every((sign) => !/[\p{Lu}\p{Lt}]/u.test(sign))),
  make('isascii', (self) => pointsOf(self).every((sign) => sign < '\x80')),
]; // prettier-ignore

/** The first letter of a word: digraphs have a case of their own for it. */
const titled = (sign: string): string => (sign === 'ß' ? 'Ss' : sign.toUpperCase());

function title(self: string): string {
  let within = false;
  return pointsOf(self)
    .map((sign) => {
      const cased = CASED.test(sign);
      const made = cased ? (within ? sign.toLowerCase() : titled(sign)) : sign;
      within = cased;
      return made;
    })
    .join('');
}
