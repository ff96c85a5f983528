import { z } from 'zod';

import { OwnerSlug } from './access-token-routes.js';
import { Id, Nothing, route } from './route.js';

const tag = 'device-login';
const mlDash = { root: true, dialect: 'ml-dash', tag } as const;

/** Hexadecimal SHA-256 of a secret that stays with the device. */
const SecretHash = z.string().regex(/^[0-9a-fA-F]{64}$/);
/** As people type it: small letters and missing dashes are fine. */
const UserCode = z
  .string()
  .max(32)
  .transform((text) => text.toUpperCase().replaceAll(/[^A-Z0-9]/g, ''))
  .pipe(z.string().regex(/^[A-Z0-9]{8}$/));
const CodeParams = z.object({ code: UserCode });

/** Signing a device in without a browser of its own, after RFC 8628: the addresses ML-Dash's client knows, and those of our page. */
export const deviceLoginRoutes = {
  start: route({
    ...mlDash,
    method: 'POST',
    path: '/api/device/start',
    summary: 'Begin to sign a device in',
    body: z.object({
      client_id: z.string().max(200).optional(),
      scope: z.string().max(1000).optional(),
      device_secret_hash: SecretHash,
    }),
    status: 200,
    answer: z.object({
      user_code: z.string(),
      device_code: z.string(),
      verification_uri: z.string(),
      verification_uri_complete: z.string(),
      expires_in: z.int(),
      interval: z.int(),
    }),
    open: true,
    example: { body: { client_id: 'ml-dash-client', device_secret_hash: 'ab'.repeat(32) } },
  }),
  poll: route({
    ...mlDash,
    method: 'POST',
    path: '/api/device/poll',
    summary: 'Ask whether the device was let in',
    description:
      'The field `error` says why not yet: `authorization_pending`, `slow_down`, `expired_token` or `access_denied`.',
    body: z.object({ client_id: z.string().max(200).optional(), device_secret_hash: SecretHash }),
    status: 200,
    answer: z.object({ access_token: z.string(), token_type: z.literal('Bearer'), expires_in: z.int() }),
    open: true,
    errors: ['authorization-pending', 'device-code-expired', 'device-login-denied', 'device-login-too-fast'],
    example: { body: { device_secret_hash: 'ab'.repeat(32) } },
  }),
  exchange: route({
    ...mlDash,
    method: 'POST',
    path: '/api/auth/exchange',
    summary: 'Trade the short-lived token of a sign-in for one of a year',
    status: 200,
    answer: z.object({ ml_dash_token: z.string() }),
  }),
  read: route({
    method: 'GET',
    path: '/device-login/:code',
    tag,
    summary: 'Read what a code asks for',
    params: CodeParams,
    status: 200,
    answer: z.object({
      code: z.string(),
      client: z.string(),
      state: z.enum(['pending', 'approved', 'denied', 'taken']),
      expires_in: z.int(),
    }),
    errors: ['device-login-not-found'],
  }),
  decide: route({
    method: 'POST',
    path: '/device-login/:code',
    tag,
    summary: 'Let the device in, or not',
    params: CodeParams,
    body: z.object({
      approve: z.boolean(),
      owner: OwnerSlug.default('local').meta({ description: 'The namespace of what the device makes' }),
      project_id: Id.nullish().meta({ description: 'The only tracked project it may see; absent for all' }),
    }),
    status: 204,
    answer: Nothing,
    errors: ['device-login-not-found', 'tracked-project-not-found'],
    example: { body: { approve: true } },
  }),
} as const;
