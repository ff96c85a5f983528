import { z } from 'zod';

import { COMPONENT_TYPES } from './components.js';
import { JsonObject, queryList } from './wire.js';
import { route } from './route.js';

/** A component as the wire has it, in the reader's language. */
export const WireComponent = z
  .object({
    name: z.string(),
    type: z.enum(COMPONENT_TYPES),
    configurable_object: z.boolean(),
    schema: JsonObject.nullable(),
    metadata: JsonObject.nullable(),
    description: z.union([z.string(), JsonObject]).nullable(),
    display_name: z.union([z.string(), JsonObject]).nullable(),
    color: z.string().nullable(),
    required_credentials: z.array(z.string()),
    optional_credentials: z.array(z.string()),
    credentials_satisfied: z.boolean(),
    downloaded: z.boolean(),
  })
  .meta({ id: 'Component' });
export type WireComponent = z.infer<typeof WireComponent>;

const tag = 'component';
const NameParams = z.object({ name: z.string().max(200) });

/** `/component/`: what can be chosen, and the forms of its parameters. */
export const componentRoutes = {
  list: route({
    method: 'GET',
    path: '/component/',
    tag,
    summary: 'List components',
    description: 'All filters intersect; `related_component` also puts the answer into that component’s order.',
    query: z.object({
      select_types: queryList,
      ignore_types: queryList,
      related_component: z.string().optional(),
      component_parent: z.string().optional(),
      has_related_of_type: z.string().optional(),
    }),
    status: 200,
    answer: z.array(WireComponent),
    localised: true,
    errors: ['component-type-unknown', 'component-not-registered'],
  }),
  get: route({
    method: 'GET',
    path: '/component/:name/',
    tag,
    summary: 'Read one component',
    params: NameParams,
    status: 200,
    answer: WireComponent,
    localised: true,
    errors: ['component-not-found'],
  }),
  children: route({
    method: 'GET',
    path: '/component/:name/children/',
    tag,
    summary: 'List the components below a base class',
    description: 'Texts come in all five languages.',
    params: NameParams,
    query: z.object({ recursive: z.stringbool().default(false) }),
    status: 200,
    answer: z.array(WireComponent),
  }),
  downloadState: route({
    method: 'GET',
    path: '/component/:name/download',
    tag,
    summary: 'Tell whether a component needs a download',
    params: NameParams,
    status: 200,
    answer: z.object({ downloaded: z.boolean(), requires_download: z.boolean() }),
    errors: ['component-not-found'],
  }),
} as const;
