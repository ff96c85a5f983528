import { AppError } from '#contract';
import { queryReason } from '#i18n';
import { type PreparedQuery, prepareQuery, QueryError, type SequenceName } from '#matyan';

/** @throws AppError `query-invalid` with the place and what is wrong there. */
export function readQuery(text: string, timezoneOffset: number, sequence?: SequenceName): PreparedQuery {
  return orRefused(() =>
    prepareQuery(text, { offset: timezoneOffset, now: Date.now(), ...(sequence ? { sequence } : {}) }),
  );
}

/** Does the work. @throws AppError `query-invalid` or `query-too-costly` in place of the parser's and the interpreter's. */
export function orRefused<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof QueryError)) throw error;
    // A reason without its text does not compile.
    const reason = queryReason(error.reason, error.values);
    throw error.fault === 'syntax'
      ? new AppError('query-invalid', { position: error.position, reason })
      : new AppError('query-too-costly', { reason });
  }
}
