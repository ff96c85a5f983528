import { HttpException } from '@nestjs/common';

import { AppError, type ErrorCode, type ErrorValues, errorTable, type Locale } from '#contract';
import { errorText, localise, openedText } from '#i18n';
import { brokenInfrastructure } from '#workflow';

import { type InputIssue, InvalidInput } from './invalid-input.js';

/** Every error's body: `detail` is what DashAI's clients show, `code` and `values` what programs read. */
export interface ErrorBody {
  readonly detail: string | readonly InputIssue[];
  readonly code: ErrorCode;
  readonly values: Readonly<Record<string, unknown>>;
}

/**
 * Any thrown thing as status and body in the reader's language: a database or broker that is away becomes `unavailable`, what is not
 * expected `internal`.
 * @param due the type of body the route takes.
 */
export function errorAnswer(
  error: unknown,
  locale: Locale,
  due = 'application/json',
): { readonly status: number; readonly body: ErrorBody } {
  if (error instanceof InvalidInput) {
    return { status: 422, body: { detail: error.issues, code: 'input-invalid', values: {} } };
  }
  const expected = error instanceof AppError ? error : new AppError(...ofFramework(error, due));
  const { code, values, status } = expected;
  const sentence = errorText(code, values, locale);
  const detail = expected.opening === undefined ? sentence : openedText(expected.opening, sentence, locale);
  return {
    status,
    body: { detail, code, values: localise(values, locale) as ErrorBody['values'] },
  };
}

/** Whether the error is ours to explain: these are logged with their stack. */
export function isUnexpected(error: unknown): boolean {
  return errorAnswer(error, 'en').body.code === 'internal';
}

const byStatus: Readonly<Record<number, [ErrorCode, ErrorValues?]>> = {
  400: ['request-malformed'],
  404: ['route-unknown'],
  406: ['upload-incomplete'],
  413: ['body-too-large'],
  414: ['input-invalid'],
  503: ['unavailable', { service: 'api' }],
};

function ofFramework(error: unknown, due: string): [ErrorCode, ErrorValues?] {
  if (isStored(error)) return [error.code, error.values];
  const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
  if (status === 415) return ['media-type-unsupported', { expected: due }];
  const known = byStatus[status];
  if (known !== undefined) return known;
  const broken = brokenInfrastructure(error);
  return broken === undefined ? ['internal'] : [broken.code, broken.values];
}

/** An AppError of another copy of the contract, for example one that crossed a process border. */
function isStored(error: unknown): error is { readonly code: ErrorCode; readonly values: ErrorValues } {
  return (
    error instanceof Error &&
    error.name === 'AppError' &&
    'code' in error &&
    typeof error.code === 'string' &&
    Object.hasOwn(errorTable, error.code)
  );
}

/** Fastify's own errors carry a status; nobody else's does we would trust. */
function statusOf(error: unknown): number {
  if (!(error instanceof Error) || error.name !== 'FastifyError' || !('statusCode' in error)) return 500;
  return typeof error.statusCode === 'number' ? error.statusCode : 500;
}
