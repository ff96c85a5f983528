/** `syntax`: it cannot be read. `too-costly`: it asks for more steps, time or memory than a search may take. */
export type QueryFault = 'syntax' | 'too-costly';

/** A query that is refused as a whole; what a candidate does not survive is an `EvaluationError`. */
export class QueryError extends Error {
  constructor(
    readonly fault: QueryFault,
    /** One English sentence that says what to change. */
    readonly sentence: string,
    /** Characters from the beginning of the text as it was given. */
    readonly position = 0,
  ) {
    super(sentence);
    this.name = 'QueryError';
  }
}

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
