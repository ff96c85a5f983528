import { z } from 'zod';

import { WireConverter } from './converter-routes.js';
import { WireExplorer } from './explorer-routes.js';
import { Id, IdParams, IdsBody, Nothing, route } from './route.js';
import { skipLimit, wireRow } from './wire.js';

/** A notebook; `file_path` is a path token that stays while steps replace the table it leads to. */
export const WireNotebook = z
  .object({
    ...wireRow,
    dataset_id: z.int(),
    file_path: z.string(),
    name: z.string(),
    description: z.string().nullable(),
  })
  .meta({ id: 'Notebook' });
export type WireNotebook = z.infer<typeof WireNotebook>;

const tag = 'notebook';
const name = z.string().max(200);

/** `/notebook/`: tables to look at and clean, step by step. */
export const notebookRoutes = {
  create: route({
    method: 'POST',
    path: '/notebook/',
    tag,
    summary: 'Create a notebook on a copy of a data set',
    body: z.object({ dataset_id: Id, name: name.nullish(), description: z.string().max(10_000).nullish() }),
    status: 201,
    answer: WireNotebook,
    errors: ['dataset-not-found', 'dataset-not-finished'],
    opening: { words: 'notebook-failed', at: [404, 422] },
  }),
  list: route({
    method: 'GET',
    path: '/notebook/',
    tag,
    summary: 'List notebooks',
    status: 200,
    answer: z.array(WireNotebook),
  }),
  get: route({
    method: 'GET',
    path: '/notebook/:id',
    tag,
    summary: 'Read one notebook',
    params: IdParams,
    status: 200,
    answer: WireNotebook,
    errors: ['notebook-not-found'],
  }),
  patch: route({
    method: 'PATCH',
    path: '/notebook/:id',
    tag,
    summary: 'Rename a notebook',
    params: IdParams,
    body: z.object({ name }),
    status: 200,
    answer: WireNotebook,
    errors: ['notebook-not-found', 'name-empty'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/notebook/:id',
    tag,
    summary: 'Delete a notebook with its steps',
    params: IdParams,
    status: 204,
    answer: Nothing,
    errors: ['notebook-not-found'],
  }),
  removeMany: route({
    method: 'DELETE',
    path: '/notebook/',
    tag,
    summary: 'Delete several notebooks',
    body: IdsBody,
    status: 204,
    answer: Nothing,
  }),
  explorers: route({
    method: 'GET',
    path: '/notebook/:id/explorers',
    tag,
    summary: 'Explorers of a notebook',
    params: IdParams,
    query: skipLimit,
    status: 200,
    answer: z.array(WireExplorer),
  }),
  converters: route({
    method: 'GET',
    path: '/notebook/:id/converters',
    tag,
    summary: 'Converters of a notebook, whatever their status',
    params: IdParams,
    status: 200,
    answer: z.array(WireConverter),
  }),
} as const;
