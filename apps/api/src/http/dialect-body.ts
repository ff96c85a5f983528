import { STATUS_CODES } from 'node:http';

import type { Dialect } from '#contract';

import type { ErrorBody } from './error-body.js';

/** An error as another system's client reads it; our own `code` goes along where the body has room for it. */
export function dialectBody(dialect: Dialect, status: number, body: ErrorBody): object {
  return bodies[dialect](status, body, sentence(body));
}

const bodies: Readonly<Record<Dialect, (status: number, body: ErrorBody, message: string) => object>> = {
  'ml-dash': (status, { code, values }, message) => ({
    error: deviceErrors[code] ?? STATUS_CODES[status] ?? 'Error',
    message,
    detail: message,
    code,
    values,
  }),
  matyan: (status, body, message) => ({ error: { code: matyanCode(status), message }, detail: body.detail }),
  swanlab: (status, { code }, message) => ({
    code: code === 'tracked-requirements-missing' ? 3500 : swanlabCode(status),
    message,
  }),
};

/**
 * The status a client of the dialect reads. ML-Dash's throws away what a 4xx refused and sends again after a 5xx, and matyan's codes
 * know no refusal that passes but that of a server: with both, who has to wait is told 503. ML-Dash knows 400 for every wrong input.
 */
export function dialectStatus(dialect: Dialect, status: number): number {
  if (status === 429 && dialect !== 'swanlab') return 503;
  return dialect === 'ml-dash' && status === 422 ? 400 : status;
}

/** Words of RFC 8628 that a device waits for. */
const deviceErrors: Partial<Record<string, string>> = {
  'authorization-pending': 'authorization_pending',
  'device-code-expired': 'expired_token',
  'device-login-denied': 'access_denied',
  'device-login-too-fast': 'slow_down',
};

/** One sentence even where several fields are wrong. */
const sentence = ({ detail }: ErrorBody): string =>
  typeof detail === 'string' ? detail : detail.map(({ loc, msg }) => `${loc.join('.')}: ${msg}`).join('; ');

/** `reference/trackers` 2a.3: codes of the error body by status. */
function matyanCode(status: number): string {
  const codes: Record<number, string> = {
    400: 'bad_request',
    401: 'unauthorized',
    403: 'forbidden',
    404: 'not_found',
    409: 'conflict',
    422: 'validation_error',
  };
  return codes[status] ?? (status < 500 ? 'bad_request' : 'internal_error');
}

/** SwanLab's integers: 3422 bad parameters, 3404 unknown, 3409 conflict, 3500 what the run itself lacks, 3555 anything of ours. */
const swanlabCode = (status: number): number => (status < 500 ? 3000 + status : 3555);
