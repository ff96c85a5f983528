import { z } from 'zod';

import { COMPONENT_TYPES } from './components.js';
import { JsonObject, queryList } from './wire.js';
import { Nothing, route } from './route.js';

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
  startDownload: route({
    method: 'POST',
    path: '/component/:name/download',
    tag,
    summary: 'Download what a component needs; the answer is the id of the job',
    description: 'While a download runs, its id is answered again. A download that broke off goes on where it stopped.',
    params: NameParams,
    status: 201,
    answer: z.object({ id: z.uuid() }),
    errors: ['component-not-found', 'component-not-downloadable', 'component-present'],
  }),
  removeDownload: route({
    method: 'DELETE',
    path: '/component/:name/download',
    tag,
    summary: 'Delete what a component downloaded',
    params: NameParams,
    status: 204,
    answer: Nothing,
    errors: ['component-not-found', 'component-not-downloadable'],
  }),
  requiredDownloads: route({
    method: 'POST',
    path: '/component/downloads/required',
    tag,
    summary: 'List the components a configuration still has to download',
    description: 'The model itself comes first; `parent` is the component whose parameter names this one.',
    body: z.object({ model_name: z.string().nullable().default(null), parameters: JsonObject.default({}) }),
    status: 200,
    answer: z.array(
      z.object({
        name: z.string(),
        parent: z.string().nullable(),
        download_size_bytes: z.int().nullable(),
        display_name: z.union([z.string(), JsonObject]),
      }),
    ),
    localised: true,
  }),
  image: route({
    method: 'GET',
    path: '/component/image/:name/',
    tag,
    summary: 'A picture of a component',
    description: 'An SVG card with the colour, the kind and the name of the component, in the language of the reader.',
    params: NameParams,
    status: 200,
    stream: 'file',
    answer: z.string(),
    errors: ['component-not-found'],
  }),
  create: notOffered('POST'),
  change: notOffered('PATCH'),
  remove: notOffered('DELETE'),
} as const;

/** Components come with Millrace and with plugins; these three only say so, as the contract has them. */
function notOffered<const M extends 'POST' | 'PATCH' | 'DELETE'>(method: M) {
  return route({
    method,
    path: '/component/',
    tag,
    summary: 'Not offered',
    description: 'Components come with Millrace and with plugins: this always answers 501.',
    status: 501,
    answer: Nothing,
    errors: ['not-implemented'],
  });
}
