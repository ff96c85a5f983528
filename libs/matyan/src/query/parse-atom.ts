import type { Clause, Expression, Target } from './ast.js';
import { POWER } from './power.js';
import { unreadable } from './query-error.js';
import type { TokenReader } from './token-reader.js';

/** A constant, a name, or what brackets hold. */
export function parseAtom(reader: TokenReader): Expression {
  const { here } = reader;
  const { at } = here;
  if (here.kind === 'constant') return parseConstant(reader, at);
  if (here.kind === 'name') {
    reader.take();
    return { kind: 'name', name: here.text, at };
  }
  if (reader.takes('(')) return parseRound(reader, at);
  if (reader.takes('[')) return parseSquare(reader, at);
  if (reader.takes('{')) return parseCurly(reader, at);
  if (reader.sees('*') || reader.sees('**')) throw unreadable('unpacking', at);
  throw reader.unexpected('value-due');
}

/** Strings beside one another are one string. */
function parseConstant(reader: TokenReader, at: number): Expression {
  const token = reader.take();
  let value = token.kind === 'constant' ? token.value : null;
  while (typeof value === 'string' && reader.here.kind === 'constant' && typeof reader.here.value === 'string') {
    value += reader.here.value;
    reader.take();
  }
  return { kind: 'constant', value, at };
}

function parseRound(reader: TokenReader, at: number): Expression {
  if (reader.takes(')')) return { kind: 'tuple', items: [], at };
  const first = reader.parse(POWER.choice);
  if (reader.sees('for')) {
    const clauses = parseClauses(reader);
    reader.expect(')');
    return { kind: 'comprehension', makes: 'generator', item: first, value: null, clauses, at };
  }
  if (!reader.sees(',')) {
    reader.expect(')');
    return first;
  }
  return { kind: 'tuple', items: parseItems(reader, first, ')'), at };
}

function parseSquare(reader: TokenReader, at: number): Expression {
  if (reader.takes(']')) return { kind: 'list', items: [], at };
  const first = reader.parse(POWER.choice);
  if (!reader.sees('for')) return { kind: 'list', items: parseItems(reader, first, ']'), at };
  const clauses = parseClauses(reader);
  reader.expect(']');
  return { kind: 'comprehension', makes: 'list', item: first, value: null, clauses, at };
}

function parseCurly(reader: TokenReader, at: number): Expression {
  if (reader.takes('}')) return { kind: 'dict', entries: [], at };
  const first = reader.parse(POWER.choice);
  const value = reader.takes(':') ? reader.parse(POWER.choice) : null;
  if (reader.sees('for')) {
    const clauses = parseClauses(reader);
    reader.expect('}');
    return { kind: 'comprehension', makes: value ? 'dict' : 'set', item: first, value, clauses, at };
  }
  if (!value) return { kind: 'set', items: parseItems(reader, first, '}'), at };
  const entries = [{ key: first, value }];
  while (reader.takes(',') && !reader.sees('}')) {
    const key = reader.parse(POWER.choice);
    reader.expect(':');
    entries.push({ key, value: reader.parse(POWER.choice) });
  }
  reader.expect('}');
  return { kind: 'dict', entries, at };
}

/** The rest of a list up to its bracket; a comma may come last. */
function parseItems(reader: TokenReader, first: Expression, end: string): Expression[] {
  const items = [first];
  while (reader.takes(',') && !reader.sees(end)) items.push(reader.parse(POWER.choice));
  reader.expect(end);
  return items;
}

/** `for … in … if …` of a comprehension, as often as it comes. */
export function parseClauses(reader: TokenReader): Clause[] {
  const clauses: Clause[] = [];
  while (reader.takes('for')) {
    const target = parseTargets(reader, 'in');
    reader.expect('in');
    const source = reader.parse(POWER.or);
    const conditions: Expression[] = [];
    while (reader.takes('if')) conditions.push(reader.parse(POWER.or));
    clauses.push({ target, source, conditions });
  }
  return clauses;
}

function parseTargets(reader: TokenReader, end: string): Target {
  const first = parseTarget(reader);
  if (!reader.sees(',')) return first;
  const targets = [first];
  while (reader.takes(',') && !reader.sees(end)) targets.push(parseTarget(reader));
  return targets;
}

function parseTarget(reader: TokenReader): Target {
  return reader.deeper(() => {
    for (const [open, close] of [
      ['(', ')'],
      ['[', ']'],
    ] as const) {
      if (!reader.takes(open)) continue;
      const targets = parseTargets(reader, close);
      reader.expect(close);
      // `(a)` is a name, `[a]` a pattern of one.
      return open === '[' && typeof targets === 'string' ? [targets] : targets;
    }
    return reader.expectName();
  });
}
