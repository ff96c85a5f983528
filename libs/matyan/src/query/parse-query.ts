import type { BinarySign, CompareSign, Expression } from './ast.js';
import { checkDepth } from './check-depth.js';
import { parseAtom } from './parse-atom.js';
import { parsePostfix } from './parse-postfix.js';
import { POWER } from './power.js';
import { unreadable } from './query-error.js';
import { TokenReader } from './token-reader.js';

const BINARY: ReadonlyMap<string, number> = new Map<BinarySign, number>([
  ['|', 50],
  ['^', 60],
  ['&', 70],
  ['<<', 80],
  ['>>', 80],
  ['+', 90],
  ['-', 90],
  ['*', 100],
  ['/', 100],
  ['//', 100],
  ['%', 100],
  ['**', POWER.power],
]);
const COMPARE: ReadonlySet<string> = new Set<CompareSign>(['==', '!=', '<', '<=', '>', '>=', 'in', 'is']);

/** Longer texts are not read at all. */
const MAX_LENGTH = 64 * 1024;

/** One Python expression as a tree. @throws QueryError `syntax` with the place and a reason */
export function parseQuery(text: string): Expression {
  if (text.length > MAX_LENGTH) throw unreadable('query-too-long', MAX_LENGTH, { limit: MAX_LENGTH });
  const reader = new TokenReader(text, parse);
  const first = parse(reader, POWER.choice);
  const query = reader.sees(',') ? bareTuple(reader, first) : first;
  if (reader.here.kind !== 'end') throw reader.unexpected('operator-due');
  checkDepth(query);
  return query;
}

/** Python reads `a, b` as a tuple. */
function bareTuple(reader: TokenReader, first: Expression): Expression {
  const items = [first];
  while (reader.takes(',') && reader.here.kind !== 'end') items.push(parse(reader, POWER.choice));
  return { kind: 'tuple', items, at: first.at };
}

/** An expression of operators that bind at least as tightly as `power`. */
function parse(reader: TokenReader, power: number): Expression {
  return reader.deeper(() => {
    let left = parsePrefix(reader, power);
    for (;;) {
      const next = parseInfix(reader, left, power);
      if (!next) return left;
      left = next;
    }
  });
}

function parsePrefix(reader: TokenReader, power: number): Expression {
  const { at } = reader.here;
  if (reader.sees('not')) {
    if (power > POWER.not) throw unreadable('not-needs-brackets', at);
    reader.take();
    return { kind: 'unary', sign: 'not', of: parse(reader, POWER.not), at };
  }
  for (const sign of ['-', '+', '~'] as const) {
    if (reader.takes(sign)) return { kind: 'unary', sign, of: parse(reader, POWER.unary), at };
  }
  return parsePostfix(reader, parseAtom(reader));
}

/** `left` with the operator after it; undefined when that binds less tightly, or is none. */
function parseInfix(reader: TokenReader, left: Expression, power: number): Expression | undefined {
  const { here } = reader;
  if (here.kind !== 'sign') return undefined;
  const { at, text } = here;
  const binary = BINARY.get(text);
  if (binary !== undefined) {
    if (binary < power) return undefined;
    reader.take();
    const right = parse(reader, text === '**' ? POWER.unary : binary + 1);
    return { kind: 'binary', sign: text as BinarySign, left, right, at };
  }
  if (compareAhead(reader)) return POWER.compare < power ? undefined : parseChain(reader, left);
  if (text === 'and' || text === 'or') return POWER[text] < power ? undefined : parseParts(reader, left, text);
  if (text === 'if' && power <= POWER.choice) return parseChoice(reader, left);
  return undefined;
}

function parseParts(reader: TokenReader, first: Expression, kind: 'and' | 'or'): Expression {
  const parts = [first];
  while (reader.takes(kind)) parts.push(parse(reader, POWER[kind] + 1));
  return { kind, parts, at: first.at };
}

function parseChoice(reader: TokenReader, yes: Expression): Expression {
  reader.take();
  const condition = parse(reader, POWER.or);
  reader.expect('else');
  return { kind: 'choice', condition, yes, no: parse(reader, POWER.choice), at: yes.at };
}

const compareAhead = (reader: TokenReader): boolean =>
  (reader.here.kind === 'sign' && COMPARE.has(reader.here.text)) || (reader.sees('not') && reader.sees('in', 1));

/** `a < b < c` is one chain: each neighbour is compared, each value worked out once. */
function parseChain(reader: TokenReader, first: Expression): Expression {
  const rest: { sign: CompareSign; to: Expression }[] = [];
  while (compareAhead(reader)) rest.push({ sign: takeCompare(reader), to: parse(reader, POWER.compare + 1) });
  return { kind: 'compare', first, rest, at: first.at };
}

function takeCompare(reader: TokenReader): CompareSign {
  if (reader.takes('not')) {
    reader.take();
    return 'not in';
  }
  const token = reader.take() as { text: string };
  if (token.text === 'is' && reader.takes('not')) return 'is not';
  return token.text as CompareSign;
}
