/** `syntax`: it cannot be read. `too-costly`: it asks for more steps, time or memory than a search may take. */
export type QueryFault = 'syntax' | 'too-costly';

/** Why a query cannot be read; whoever shows it has a text for each. */
export type SyntaxReason =
  | 'argument-twice'
  | 'digits-too-many'
  | 'equals-sign'
  | 'escape-digits'
  | 'exclamation-mark'
  | 'formatted-string'
  | 'generator-brackets'
  | 'name-due'
  | 'named-argument-due'
  | 'named-character'
  | 'nested-too-deep'
  | 'not-in-language'
  | 'not-needs-brackets'
  | 'number-followed'
  | 'operator-due'
  | 'operators-too-many'
  | 'query-too-long'
  | 'sign-due'
  | 'string-open'
  | 'string-prefix'
  | 'underscore-attribute'
  | 'underscore-name'
  | 'unpacking'
  | 'value-due'
  | 'zeros-first';
/** What a query asks too much of. */
export type CostReason =
  | 'integer-too-wide'
  | 'list-too-long'
  | 'steps-of-one-run'
  | 'steps-over-all'
  | 'text-too-long'
  | 'time-of-one-run'
  | 'values-too-large';
/** Values a reason's text is filled with; `found` is a word of the query in quotes, or `END_OF_QUERY`. */
export type ReasonValues = Readonly<Record<string, string | number>>;
/** What is found where a query ends too early. */
export const END_OF_QUERY = 'end-of-query';

/** A query that is refused as a whole; what a candidate does not survive is an `EvaluationError`. */
export class QueryError extends Error {
  constructor(
    readonly fault: QueryFault,
    readonly reason: SyntaxReason | CostReason,
    readonly values: ReasonValues = {},
    /** Characters from the beginning of the text as it was given. */
    readonly position = 0,
  ) {
    super(`${reason} ${JSON.stringify(values)}`);
    this.name = 'QueryError';
  }
}

/** Something at a place of the text that cannot be read. */
export const unreadable = (reason: SyntaxReason, position: number, values?: ReasonValues): QueryError =>
  new QueryError('syntax', reason, values, position);

/** What Python would raise while it works on one candidate: the candidate does not match, the search goes on. */
export class EvaluationError extends Error {
  constructor(
    readonly kind: string,
    message: string,
  ) {
    super(message);
    this.name = 'EvaluationError';
  }
}

/** @throws EvaluationError as Python's TypeError */
export function wrongType(message: string): never {
  throw new EvaluationError('TypeError', message);
}
/** @throws EvaluationError as Python's ValueError */
export function wrongValue(message: string): never {
  throw new EvaluationError('ValueError', message);
}
