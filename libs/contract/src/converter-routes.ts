import { z } from 'zod';

import { Id, IdParams, route } from './route.js';
import { JsonObject, wireWork } from './wire.js';

/** A step of a notebook; `parameters` are `{order, params, scope, target}` as sent. */
export const WireConverter = z
  .object({ ...wireWork, notebook_id: z.int(), converter: z.string(), parameters: JsonObject })
  .meta({ id: 'Converter' });
export type WireConverter = z.infer<typeof WireConverter>;

const tag = 'converter';

/** `/converter/`: steps of notebooks. */
export const converterRoutes = {
  create: route({
    method: 'POST',
    path: '/converter/',
    tag,
    summary: 'Add a step to a notebook; a ConverterJob applies it',
    body: z.object({
      notebook_id: Id,
      converter: z.string().max(200),
      parameters: z
        .object({
          order: z.int().default(0),
          params: JsonObject.nullish(),
          scope: JsonObject.nullish(),
          target: JsonObject.nullish(),
        })
        .default({ order: 0 }),
    }),
    status: 201,
    answer: WireConverter,
    errors: ['notebook-not-found', 'component-not-registered', 'parameters-invalid'],
  }),
  forNotebook: route({
    method: 'GET',
    path: '/converter/notebook/:id',
    tag,
    summary: 'Finished converters of a notebook',
    params: IdParams,
    status: 200,
    answer: z.array(WireConverter),
  }),
  get: route({
    method: 'GET',
    path: '/converter/:id',
    tag,
    summary: 'Read one converter',
    params: IdParams,
    status: 200,
    answer: WireConverter,
    errors: ['converter-not-found'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/converter/:id',
    tag,
    summary: 'Undo a step: the data return to what they were before it; it goes, with later steps and explorers',
    params: IdParams,
    status: 200,
    answer: z.object({
      jobId: z.string().nullable(),
      job_id: z.string().nullable(),
      removed: z.object({ converters: z.array(z.int()), explorers: z.array(z.int()) }),
    }),
    errors: ['converter-not-found', 'entity-busy'],
  }),
} as const;
