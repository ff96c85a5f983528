import { z } from 'zod';

import { fileRefusals } from './dataset-preview-routes.js';
import { Id, route } from './route.js';
import { JsonObject } from './wire.js';

/** A data set of a hub. */
export const HubDataset = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  size_bytes: z.int().nullable(),
  url: z.string(),
  source: z.string(),
});
export type HubDataset = z.infer<typeof HubDataset>;

const Tags = z
  .union([z.string().max(500), z.array(z.string().max(500)).max(50)])
  .default([])
  .transform((given) => [given].flat().filter((tag) => tag !== ''));

/** What is looked for. */
export const HubQuery = z.object({
  q: z.string().max(500).default(''),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(2000).default(''),
  tags: Tags,
});
export type HubQuery = z.infer<typeof HubQuery>;

const tag = 'dataset-source';
const source = z.object({ source: z.string().max(200) });
/** The hub's own id, percent-encoded: it may hold slashes. */
const dataset = source.extend({ id: z.string().min(1).max(500) });
const errors = ['dataset-source-unknown', 'dataset-source-failed'] as const;
const ofFile = ['dataset-source-unknown', 'datafile-not-found', 'datafile-not-ready', 'datafile-file-unknown'] as const;

/** `/dataset-source/`: data sets of public hubs. */
export const datasetSourceRoutes = {
  search: route({
    method: 'GET',
    path: '/dataset-source/:source/search',
    tag,
    summary: 'Search a hub',
    params: source,
    query: HubQuery,
    status: 200,
    answer: z.object({ results: z.array(HubDataset), next_cursor: z.string().nullable() }),
    errors,
  }),
  info: route({
    method: 'GET',
    path: '/dataset-source/:source/:id/info',
    tag,
    summary: 'What a hub says of a data set; an empty object when it has none of this id',
    params: dataset,
    status: 200,
    answer: z.union([
      HubDataset.pick({ id: true, description: true, tags: true, size_bytes: true }),
      z.strictObject({}),
    ]),
    errors,
  }),
  preview: route({
    method: 'POST',
    path: '/dataset-source/:source/:id/preview',
    tag,
    summary: 'The first rows of a fetched file, with inferred types',
    params: dataset,
    body: z.object({
      dataloader: z.string().max(200),
      params: JsonObject.nullish(),
      n_rows: z.int().min(1).max(100_000).default(100),
      datafile_id: Id,
      selected_file: z.string().max(2000).nullish(),
    }),
    status: 200,
    answer: z.object({
      sample: z.array(z.record(z.string(), z.unknown())),
      inferred_types: z.record(z.string(), z.unknown()),
      preview_row_count: z.int(),
    }),
    errors: [...ofFile, ...fileRefusals],
  }),
  import: route({
    method: 'POST',
    path: '/dataset-source/:source/:id/import',
    tag,
    summary: 'Make a data set of a fetched file; answers its DatasetJob',
    params: dataset,
    body: z.object({ dataset_id: Id, params: JsonObject }),
    status: 201,
    answer: z.object({ job_id: z.string(), dataset_id: z.int() }),
    errors: [...ofFile, 'component-not-registered', 'parameters-invalid', 'dataset-not-found', 'job-kwargs-invalid'],
  }),
} as const;
