import { type QueryError, unreadable } from './query-error.js';
import { readString } from './read-string.js';
import { REFUSED_WORDS, SIGNS, type Token, WORD_CONSTANTS, WORD_SIGNS } from './token.js';

/** Python reads no longer whole numbers either. */
const MAX_DIGITS = 4300;
const BLANK = /(?:[ \t\f\r\n]|\\\r?\n|#[^\n]*)+/y;
const WORD = /[\p{ID_Start}_][\p{ID_Continue}]*/uy;
const STRING_START = /([a-zA-Z]{0,2})("""|'''|"|')/y;
const NUMBER =
  /0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\d(?:_?\d)*\.(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*|\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?/y;

/** @throws QueryError `syntax` at what is no word of the language */
export function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const blank = match(BLANK, text, at);
    if (blank) {
      at += blank.length;
      continue;
    }
    const { token, end } = readToken(text, at);
    tokens.push(token);
    at = end;
  }
  tokens.push({ kind: 'end', at: text.length });
  return tokens;
}

/** What a sticky pattern finds exactly here. */
function match(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function readToken(text: string, at: number): { token: Token; end: number } {
  STRING_START.lastIndex = at;
  const quote = STRING_START.exec(text);
  if (quote) {
    const { value, end } = readString(text, at, quote[1]!, quote[2]!);
    return { token: { kind: 'constant', value, at }, end };
  }
  const word = match(WORD, text, at);
  if (word) return { token: wordToken(word, at), end: at + word.length };
  const number = /^\.?\d/.test(text.slice(at, at + 2)) ? match(NUMBER, text, at) : undefined;
  if (number) return { token: numberToken(text, number, at), end: at + number.length };
  const sign = SIGNS.find((one) => text.startsWith(one, at));
  if (!sign) throw unknownSign(text, at);
  return { token: { kind: 'sign', text: sign, at }, end: at + sign.length };
}

function wordToken(word: string, at: number): Token {
  if (WORD_SIGNS.has(word)) return { kind: 'sign', text: word, at };
  const constant = WORD_CONSTANTS.get(word);
  if (constant !== undefined) return { kind: 'constant', value: constant, at };
  if (REFUSED_WORDS.has(word)) throw unreadable('not-in-language', at, { what: word });
  if (word.startsWith('_') && word !== '_') {
    throw unreadable('underscore-name', at, { name: word });
  }
  // Python reads identifiers in this form.
  return { kind: 'name', text: word.normalize('NFKC'), at };
}

function numberToken(text: string, number: string, at: number): Token {
  const next = text.slice(at + number.length, at + number.length + 1);
  if (/[\p{ID_Continue}]/u.test(next) && !/^(?:and|or|if|in|is|else|for|not)\b/.test(text.slice(at + number.length))) {
    throw unreadable('number-followed', at + number.length, { sign: next });
  }
  const digits = number.replaceAll('_', '');
  const whole = /^0[xob]/i.test(digits) || /^\d+$/.test(digits);
  if (!whole) return { kind: 'constant', value: Number(digits), at };
  if (/^0+[1-9]/.test(digits)) throw unreadable('zeros-first', at);
  if (digits.length > MAX_DIGITS) throw unreadable('digits-too-many', at, { limit: MAX_DIGITS });
  return { kind: 'constant', value: BigInt(digits), at };
}

function unknownSign(text: string, at: number): QueryError {
  const what = String.fromCodePoint(text.codePointAt(at)!);
  return what === '!' ? unreadable('exclamation-mark', at) : unreadable('not-in-language', at, { what });
}
