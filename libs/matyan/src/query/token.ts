import type { Constant } from './ast.js';

/** A word of the text: `sign` also stands for keywords; `end` comes last. */
export type Token = { readonly at: number } & (
  | { readonly kind: 'name'; readonly text: string }
  | { readonly kind: 'sign'; readonly text: string }
  | { readonly kind: 'constant'; readonly value: Constant }
  | { readonly kind: 'end' }
);

/** Python's keywords that are part of the language here. */
export const WORD_SIGNS = new Set(['and', 'or', 'not', 'in', 'is', 'if', 'else', 'for']);
/** Names with a fixed value. */
export const WORD_CONSTANTS: ReadonlyMap<string, Constant> = new Map([
  ['None', null],
  ['True', true],
  ['False', false],
]);
/** Python's other keywords: no name may be one. */
export const REFUSED_WORDS = new Set(
  (
    'as assert async await break class continue def del elif except finally from global import lambda nonlocal pass ' +
    'raise return try while with yield'
  ).split(' '),
);

/** Longest first, so that `**` is not two signs. */
export const SIGNS = [
  '**', '//', '<<', '>>', '<=', '>=', '==', '!=', '+', '-', '*', '/', '%', '&', '|', '^', '~', '<', '>', '(', ')', '[', ']', '{', '}',
  ',', ':', '.', '=',
]; // prettier-ignore
