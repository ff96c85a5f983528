import { z } from 'zod';

import { route } from './route.js';

/** A key of another platform: whether there is one, and never the key itself. */
export const WireCredential = z
  .object({
    name: z.string(),
    display_name: z.unknown(),
    description: z.unknown(),
    is_authenticated: z.boolean(),
    /** The last four characters behind dots; null without a key. */
    key: z.string().nullable(),
  })
  .meta({ id: 'Credential' });
export type WireCredential = z.infer<typeof WireCredential>;

const tag = 'credential';
const params = z.object({ name: z.string().max(200) });
const Authenticated = z.object({ is_authenticated: z.boolean() });

/** `/credential/`: keys of other platforms, kept encrypted. */
export const credentialRoutes = {
  list: route({
    method: 'GET',
    path: '/credential/',
    tag,
    summary: 'List what may be kept, and whether it is',
    status: 200,
    answer: z.array(WireCredential),
    localised: true,
  }),
  get: route({
    method: 'GET',
    path: '/credential/:name',
    tag,
    summary: 'One of them',
    params,
    status: 200,
    answer: WireCredential,
    localised: true,
    errors: ['credential-unknown'],
  }),
  authenticate: route({
    method: 'POST',
    path: '/credential/:name/auth',
    tag,
    summary: 'Verify a key at its platform and keep it',
    params,
    body: z.object({ key: z.string().trim().min(1).max(1000) }),
    status: 200,
    answer: Authenticated,
    errors: ['credential-unknown', 'credential-rejected', 'dataset-source-failed'],
    example: { body: { key: 'hf_…' } },
  }),
  remove: route({
    method: 'DELETE',
    path: '/credential/:name',
    tag,
    summary: 'Forget a key',
    params,
    status: 200,
    answer: Authenticated,
    errors: ['credential-unknown'],
  }),
} as const;
