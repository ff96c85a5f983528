/** What can be wrong with the numbers an algorithm was given, or with what became of them. */
export const numericErrorCodes = [
  'bad-shape',
  'bad-parameter',
  'split-empty-part',
  'too-large',
  'missing-values',
  'infinite-values',
  'negative-target',
  'no-rows',
  'no-columns',
  'one-class',
  'not-converged',
] as const;

/** One of {@link numericErrorCodes}. */
export type NumericErrorCode = (typeof numericErrorCodes)[number];

/** A typed numeric failure: a code and its values; the text is chosen where it is shown. */
export class NumericError extends Error {
  override readonly name = 'NumericError';
  constructor(
    readonly code: NumericErrorCode,
    readonly values: Readonly<Record<string, number | string>> = {},
  ) {
    super(`${code} ${JSON.stringify(values)}`);
  }
}
