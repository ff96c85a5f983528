import type { Expression } from './ast.js';
import { QueryError } from './query-error.js';
import { readTokens } from './lexer.js';
import type { Token } from './token.js';

/** Deeper brackets than any person writes; each level costs the parser a few frames of the stack. */
const MAX_NESTING = 100;

/** The words of a query, one after another. */
export class TokenReader {
  private readonly tokens: readonly Token[];
  private next = 0;
  private nesting = 0;

  constructor(
    text: string,
    private readonly parser: (reader: TokenReader, power: number) => Expression,
  ) {
    this.tokens = readTokens(text);
  }

  /** An expression of operators that bind at least as tightly as `power`. */
  parse(power: number): Expression {
    return this.parser(this, power);
  }

  get here(): Token {
    return this.tokens[this.next]!;
  }

  /** Is the next word (or the one after it) this sign? */
  sees(sign: string, ahead = 0): boolean {
    const token = this.tokens[this.next + ahead];
    return token?.kind === 'sign' && token.text === sign;
  }

  take(): Token {
    const token = this.here;
    if (token.kind !== 'end') this.next++;
    return token;
  }

  /** Takes the sign if it is next. */
  takes(sign: string): boolean {
    const found = this.sees(sign);
    if (found) this.next++;
    return found;
  }

  expect(sign: string, why: string): void {
    if (!this.takes(sign)) throw this.unexpected(`"${sign}" ${why}`);
  }

  expectName(why: string): string {
    const token = this.here;
    if (token.kind !== 'name') throw this.unexpected(`a name ${why}`);
    this.next++;
    return token.text;
  }

  /** Runs one level deeper. @throws QueryError when there are too many levels */
  deeper<T>(work: () => T): T {
    if (++this.nesting > MAX_NESTING) {
      throw new QueryError('syntax', `The query is nested deeper than ${MAX_NESTING} levels`, this.here.at);
    }
    const made = work();
    this.nesting--;
    return made;
  }

  unexpected(wanted: string): QueryError {
    const { here } = this;
    if (here.kind === 'end') return new QueryError('syntax', `The query ends where ${wanted} is due`, here.at);
    const hint = this.sees('=') ? '; use "==" to compare' : '';
    return new QueryError('syntax', `There is ${shown(here)} where ${wanted} is due${hint}`, here.at);
  }
}

function shown(token: Token): string {
  if (token.kind === 'constant')
    return typeof token.value === 'string' ? 'a string' : `"${String(token.value)}"`.slice(0, 40);
  return token.kind === 'end' ? 'the end' : `"${token.text}"`.slice(0, 60);
}
