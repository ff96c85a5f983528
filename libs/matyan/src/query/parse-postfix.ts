import type { Expression } from './ast.js';
import { parseClauses } from './parse-atom.js';
import { POWER } from './power.js';
import type { TokenReader } from './token-reader.js';
import { unreadable } from './query-error.js';

/** Attributes, items and calls after a value. */
export function parsePostfix(reader: TokenReader, value: Expression): Expression {
  for (;;) {
    const { at } = reader.here;
    if (reader.takes('.')) value = { kind: 'attribute', of: value, name: attributeName(reader), at };
    else if (reader.takes('[')) value = { kind: 'item', of: value, key: parseKey(reader), at };
    else if (reader.takes('(')) value = parseCall(reader, value, at);
    else return value;
  }
}

function attributeName(reader: TokenReader): string {
  const { at } = reader.here;
  const name = reader.expectName();
  if (name.startsWith('_')) throw unreadable('underscore-attribute', at, { name });
  return name;
}

function parseKey(reader: TokenReader): Expression {
  const { at } = reader.here;
  const first = parseKeyPart(reader);
  if (!reader.sees(',')) {
    reader.expect(']');
    return first;
  }
  const items = [first];
  while (reader.takes(',') && !reader.sees(']')) items.push(parseKeyPart(reader));
  reader.expect(']');
  return { kind: 'tuple', items, at };
}

function parseKeyPart(reader: TokenReader): Expression {
  const { at } = reader.here;
  const bound = (): Expression | null => (reader.sees(':') || reader.sees(']') ? null : reader.parse(POWER.choice));
  const from = bound();
  if (from && !reader.sees(':')) return from;
  reader.expect(':');
  const to = bound();
  return { kind: 'slice', from, to, step: reader.takes(':') ? bound() : null, at };
}

function parseCall(reader: TokenReader, of: Expression, at: number): Expression {
  const args: Expression[] = [];
  const named: { name: string; value: Expression }[] = [];
  while (!reader.takes(')')) {
    const { here } = reader;
    if (here.kind === 'name' && reader.sees('=', 1)) {
      reader.take();
      reader.take();
      if (named.some(({ name }) => name === here.text)) {
        throw unreadable('argument-twice', here.at, { name: here.text });
      }
      named.push({ name: here.text, value: reader.parse(POWER.choice) });
    } else {
      if (named.length > 0) throw reader.unexpected('named-argument-due');
      args.push(parseArgument(reader));
    }
    if (!reader.sees(')')) reader.expect(',');
  }
  if (
    args.length > 1 &&
    args.some(({ kind, bare }: Expression & { bare?: true }) => kind === 'comprehension' && bare)
  ) {
    throw unreadable('generator-brackets', at);
  }
  return { kind: 'call', of, args, named, at };
}

/** `any(x > 1 for x in …)`: a generator that is the only argument needs no brackets of its own. */
function parseArgument(reader: TokenReader): Expression {
  const item = reader.parse(POWER.choice);
  if (!reader.sees('for')) return item;
  const made = { kind: 'comprehension', makes: 'generator', item, value: null, clauses: parseClauses(reader) } as const;
  return Object.assign({ ...made, at: item.at }, { bare: true });
}
