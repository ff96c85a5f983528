import { z } from 'zod';

import { Id, IdParams, Nothing, route } from './route.js';
import { WireDate } from './wire.js';

const tag = 'access-token';

/** Who a token stands for: a slug, since it is the namespace in the addresses of trackers. */
export const OwnerSlug = z.string().regex(/^[a-z0-9][a-z0-9_-]{0,62}$/);

/** A bearer token for scripts; the token itself is nowhere to be read again. */
export const WireAccessToken = z
  .object({
    id: z.int(),
    name: z.string(),
    owner: z.string(),
    project_id: z.int().nullable().meta({ description: 'The only tracked project it opens; null for all' }),
    created: WireDate,
    last_used: WireDate.nullable().meta({ description: 'Written at most once a minute' }),
    expires: WireDate,
    revoked: WireDate.nullable(),
  })
  .meta({ id: 'AccessToken' });
export type WireAccessToken = z.infer<typeof WireAccessToken>;

/** `/access-token/`: tokens for training scripts. They open the trackers' routes and nothing else; only the operator manages them. */
export const accessTokenRoutes = {
  list: route({
    method: 'GET',
    path: '/access-token/',
    tag,
    summary: 'List access tokens, revoked ones too, the newest first',
    status: 200,
    answer: z.array(WireAccessToken),
  }),
  create: route({
    method: 'POST',
    path: '/access-token/',
    tag,
    summary: 'Make an access token; this answer alone shows it',
    description:
      'A JSON Web Token. It opens the routes of trackers and `/api/v1/tracked-…`: as `Authorization: Bearer`, as the user or the ' +
      'password of Basic, or as the prefix `/t/{token}` of any of their addresses, for clients that cannot send headers.',
    body: z.object({
      name: z.string().trim().min(1).max(200),
      owner: OwnerSlug.default('local'),
      project_id: Id.nullish(),
      days: z.int().min(1).max(3650).default(365),
    }),
    status: 201,
    answer: WireAccessToken.extend({ token: z.string() }).meta({ id: 'NewAccessToken' }),
    errors: ['tracked-project-not-found'],
    example: { body: { name: 'training on the cluster', owner: 'ann', days: 90 } },
  }),
  revoke: route({
    method: 'DELETE',
    path: '/access-token/:id',
    tag,
    summary: 'Revoke an access token; every process refuses it within two seconds',
    params: IdParams,
    status: 204,
    answer: Nothing,
    errors: ['access-token-not-found'],
  }),
} as const;
