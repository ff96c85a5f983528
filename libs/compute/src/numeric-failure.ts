import { AppError } from '#contract';
import { NumericError } from '#linalg';

/** Which columns a numeric failure may be about: `sources` are the input columns the encoded ones came from. */
export interface FailureColumns {
  readonly sources: readonly string[];
  readonly output: string;
}

/** Runs numeric work; what went wrong with a person's data comes out as an AppError that names their columns. */
export function withColumns<T>(columns: FailureColumns, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof NumericError ? translated(error, columns) : error;
  }
}

function translated(cause: NumericError, { sources, output }: FailureColumns): Error {
  const { code, values } = cause;
  const column = typeof values['column'] === 'number' ? (sources[values['column']] ?? output) : output;
  switch (code) {
    case 'missing-values':
      return new AppError(code, { column, count: 1 }, { cause });
    case 'infinite-values':
    case 'negative-target':
    case 'one-class':
      return new AppError(code, { column }, { cause });
    case 'no-rows':
    case 'not-converged':
      return new AppError(code, {}, { cause });
    case 'too-large':
      return new AppError('model-too-large', {}, { cause });
    case 'bad-parameter':
      return new AppError('parameters-invalid', badParameter(values), { cause });
    default:
      return cause;
  }
}

function badParameter(values: NumericError['values']): { parameter: string; reason: string } {
  const { parameter, name, ...rest } = values;
  const reason = Object.entries(rest).map(([key, value]) => `${key} ${value}`);
  return { parameter: String(parameter ?? name), reason: reason.join(', ') };
}
