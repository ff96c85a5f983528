import { z } from 'zod';

import { Artifact } from './artifacts.js';
import { Id, IdParams, Nothing, route } from './route.js';
import { JsonObject, skipLimit, wireWork } from './wire.js';

/** A look at a notebook's table; `exploration_path` is null until it has finished, and names no file. */
export const WireExplorer = z
  .object({
    ...wireWork,
    notebook_id: z.int(),
    exploration_type: z.string(),
    columns: z.array(JsonObject),
    parameters: JsonObject,
    name: z.string().nullable(),
    exploration_path: z.string().nullable(),
  })
  .meta({ id: 'Explorer' });
export type WireExplorer = z.infer<typeof WireExplorer>;

const columns = z.array(JsonObject).max(20_000);
const tag = 'explorer';
const one = { tag, params: IdParams } as const;
const OverrideParams = IdParams.extend({ index: z.coerce.number().int().min(0) });
const Message = z.object({ message: z.string() });

/** `/explorer/`: looks at tables of notebooks. */
export const explorerRoutes = {
  list: route({
    method: 'GET',
    path: '/explorer/',
    tag,
    summary: 'List explorers',
    query: skipLimit,
    status: 200,
    answer: z.array(WireExplorer),
  }),
  create: route({
    method: 'POST',
    path: '/explorer/',
    tag,
    summary: 'Create an explorer; an ExplorerJob computes it',
    body: z.object({
      notebook_id: Id,
      exploration_type: z.string().max(200),
      columns,
      parameters: JsonObject,
      name: z.string().max(200).nullish(),
    }),
    status: 201,
    answer: WireExplorer,
    errors: ['component-not-found', 'notebook-not-found', 'explorer-parameters-invalid', 'explorer-columns-invalid'],
  }),
  get: route({
    ...one,
    method: 'GET',
    path: '/explorer/:id/',
    summary: 'Read one explorer',
    status: 200,
    answer: WireExplorer,
    errors: ['explorer-not-found'],
  }),
  patch: route({
    ...one,
    method: 'PATCH',
    path: '/explorer/:id/',
    summary: 'Replace columns, parameters and name',
    body: z.object({ columns, parameters: JsonObject, name: z.string().max(200).nullish() }),
    status: 200,
    answer: WireExplorer,
    errors: ['explorer-not-found', 'component-not-found', 'explorer-parameters-invalid', 'explorer-columns-invalid'],
  }),
  remove: route({
    ...one,
    method: 'DELETE',
    path: '/explorer/:id/',
    summary: 'Delete an explorer',
    status: 204,
    answer: Nothing,
    errors: ['explorer-not-found'],
  }),
  results: route({
    ...one,
    method: 'POST',
    path: '/explorer/:id/results/',
    summary: 'Results as artifacts, edited figures in place',
    body: z.object({ options: JsonObject.nullish() }).nullish(),
    status: 200,
    answer: z.array(Artifact),
    errors: ['explorer-not-found', 'explorer-not-finished'],
  }),
  override: route({
    ...one,
    method: 'PUT',
    path: '/explorer/:id/results/',
    summary: 'Keep an edited figure for one artifact',
    body: z.object({ index: z.int().min(0), figure: z.union([JsonObject, z.string().max(20_000_000)]) }),
    status: 200,
    answer: Message,
    errors: ['explorer-not-found', 'artifact-not-found'],
  }),
  restore: route({
    method: 'DELETE',
    path: '/explorer/:id/results/override/:index',
    tag,
    summary: 'Return to the computed figure',
    params: OverrideParams,
    status: 200,
    answer: Message,
    errors: ['explorer-not-found'],
  }),
} as const;
