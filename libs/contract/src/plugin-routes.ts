import { z } from 'zod';

import { PACKAGE_NAME, PLUGIN_STATUS } from './plugins.js';
import { IdParams, Nothing, route } from './route.js';
import { queryList, wireRow } from './wire.js';

const tag = 'plugin';
const status = z.union([
  z.literal(PLUGIN_STATUS.registered),
  z.literal(PLUGIN_STATUS.installed),
  z.literal(PLUGIN_STATUS.error),
]);

/** A plugin; `status` is 1 registered, 2 installed, 99 error. `lastest_version` is spelt as clients read it. */
export const WirePlugin = z
  .object({
    ...wireRow,
    name: z.string(),
    author: z.string(),
    verified: z.boolean(),
    installed_version: z.string().nullable(),
    lastest_version: z.string().nullable(),
    status,
    summary: z.string(),
    description: z.string(),
    description_content_type: z.string(),
    tags: z.array(z.object({ id: z.int(), plugin_id: z.int(), name: z.string() })),
  })
  .meta({ id: 'Plugin' });
export type WirePlugin = z.infer<typeof WirePlugin>;

/** A plugin as somebody registers it by hand; its name is that of an npm package. */
export const NewPlugin = z.object({
  name: z.string().regex(PACKAGE_NAME),
  author: z.string().max(500).default(''),
  tags: z
    .array(z.object({ name: z.string().max(100) }))
    .max(50)
    .default([]),
  summary: z.string().max(2000).default(''),
  description: z.string().max(200_000).default(''),
  description_content_type: z.string().max(100).default('text/markdown'),
  lastest_version: z.string().max(100).nullish(),
});
export type NewPlugin = z.output<typeof NewPlugin>;

/** What installing may fail for. */
const installErrors = [
  'plugin-not-found',
  'plugins-disabled',
  'plugin-invalid',
  'plugin-stuck',
  'plugin-clash',
  'plugin-package-wrong',
  'plugin-registry-failed',
  'unavailable',
] as const;

/** `/plugin/`: npm packages that bring components. Installing runs code and is off unless the operator turns it on. */
export const pluginRoutes = {
  index: route({
    method: 'POST',
    path: '/plugin/index',
    tag,
    summary: 'Ask the registry which plugins there are, and list all',
    description: 'Where plugins are turned off, nothing is asked and the list is what is known already.',
    status: 201,
    answer: z.array(WirePlugin),
    errors: ['plugin-registry-failed'],
  }),
  list: route({
    method: 'GET',
    path: '/plugin/',
    tag,
    summary: 'List plugins',
    query: z.object({
      tags: queryList,
      plugin_status: z
        .enum(['REGISTERED', 'INSTALLED', 'ERROR', 'registered', 'installed', 'error'])
        .transform((name) => PLUGIN_STATUS[name.toLowerCase() as keyof typeof PLUGIN_STATUS])
        .optional(),
    }),
    status: 200,
    answer: z.array(WirePlugin),
  }),
  register: route({
    method: 'POST',
    path: '/plugin/',
    tag,
    summary: 'Register plugins by hand; one of the same name is changed',
    body: z.array(NewPlugin).max(1000),
    status: 201,
    answer: z.array(WirePlugin),
    example: { body: [{ name: 'millrace-plugin-example', author: 'me', tags: [{ name: 'Metric' }], summary: '' }] },
  }),
  get: route({
    method: 'GET',
    path: '/plugin/:id',
    tag,
    summary: 'One plugin',
    params: IdParams,
    status: 200,
    answer: WirePlugin,
    errors: ['plugin-not-found'],
  }),
  change: route({
    method: 'PATCH',
    path: '/plugin/:id',
    tag,
    summary: 'Install a plugin (`new_status` 2) or take it out (1)',
    params: IdParams,
    body: z.object({ new_status: status }),
    status: 200,
    answer: WirePlugin,
    errors: installErrors,
    example: { body: { new_status: 2 } },
  }),
  upgrade: route({
    method: 'PATCH',
    path: '/plugin/:id/upgrade',
    tag,
    summary: 'Install the newest version of a plugin in place of the one there is',
    params: IdParams,
    status: 200,
    answer: WirePlugin,
    errors: installErrors,
  }),
  remove: route({
    method: 'DELETE',
    path: '/plugin/:id',
    tag,
    summary: 'Forget a plugin; an installed one is taken out first',
    params: IdParams,
    status: 204,
    answer: Nothing,
    errors: ['plugin-not-found'],
  }),
} as const;
