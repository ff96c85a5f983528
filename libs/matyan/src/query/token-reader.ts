import type { Expression } from './ast.js';
import { END_OF_QUERY, type QueryError, type SyntaxReason, unreadable } from './query-error.js';
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

  expect(sign: string): void {
    if (!this.takes(sign)) throw this.unexpected('sign-due', { sign });
  }

  expectName(): string {
    const token = this.here;
    if (token.kind !== 'name') throw this.unexpected('name-due');
    this.next++;
    return token.text;
  }

  /** Runs one level deeper. @throws QueryError when there are too many levels */
  deeper<T>(work: () => T): T {
    if (++this.nesting > MAX_NESTING) {
      throw unreadable('nested-too-deep', this.here.at, { limit: MAX_NESTING });
    }
    const made = work();
    this.nesting--;
    return made;
  }

  /** What is here is not what is due. */
  unexpected(due: SyntaxReason, values: { readonly sign?: string } = {}): QueryError {
    const { here } = this;
    if (this.sees('=')) return unreadable('equals-sign', here.at);
    return unreadable(due, here.at, { ...values, found: shown(here) });
  }
}

const LONGEST_SHOWN = 60;

function shown(token: Token): string {
  if (token.kind === 'end') return END_OF_QUERY;
  const text = token.kind === 'constant' ? String(token.value) : token.text;
  return `"${text.length > LONGEST_SHOWN ? `${text.slice(0, LONGEST_SHOWN)}…` : text}"`;
}
