import { z } from 'zod';

import { IdParams, Nothing, route } from './route.js';
import { wireRow } from './wire.js';

/** Where a file from a hub stands; a string, unlike all other statuses. */
export const DATAFILE_STATUSES = ['downloading', 'ready', 'error'] as const;
/** One of them. */
export type DatafileStatus = (typeof DATAFILE_STATUSES)[number];

/** The files of one data set of a hub. `dataset_id` is the hub's own id; `local_path` is a token, no path. */
export const WireDatafile = z
  .object({
    ...wireRow,
    source_name: z.string(),
    dataset_id: z.string(),
    name: z.string(),
    local_path: z.string().nullable(),
    status: z.enum(DATAFILE_STATUSES),
    error_message: z.string().nullable(),
    size_bytes: z.int().nullable(),
    description: z.string(),
    tags: z.array(z.string()),
    source_url: z.string(),
    job_id: z.string().nullable(),
  })
  .meta({ id: 'Datafile' });
export type WireDatafile = z.infer<typeof WireDatafile>;

/** What is to be fetched, as the search told of it. */
export const NewDatafile = z.object({
  source_name: z.string().max(200),
  dataset_id: z.string().min(1).max(500),
  name: z.string().max(500),
  description: z.string().max(100_000).nullish(),
  tags: z.array(z.string().max(500)).max(1000).default([]),
  source_url: z.string().max(2000).nullish(),
});
export type NewDatafile = z.infer<typeof NewDatafile>;

const tag = 'datafile';
const one = { tag, params: IdParams, errors: ['datafile-not-found'] } as const;

/** `/datafile/`: files fetched from hubs, to make data sets of. */
export const datafileRoutes = {
  list: route({
    method: 'GET',
    path: '/datafile/',
    tag,
    summary: 'List what was fetched, oldest first',
    status: 200,
    answer: z.array(WireDatafile),
  }),
  create: route({
    method: 'POST',
    path: '/datafile/',
    tag,
    summary: 'Note what is to be fetched; a DatafileJob fetches it',
    description: 'The same data set again answers the row there is; one that failed begins anew.',
    body: NewDatafile,
    status: 201,
    answer: WireDatafile,
    errors: ['dataset-source-unknown'],
    example: { body: { source_name: 'OpenMLDatasetSource', dataset_id: '61', name: 'iris' } },
  }),
  get: route({
    ...one,
    method: 'GET',
    path: '/datafile/:id',
    summary: 'One of them',
    status: 200,
    answer: WireDatafile,
  }),
  files: route({
    ...one,
    method: 'GET',
    path: '/datafile/:id/files',
    summary: 'Names of its files',
    status: 200,
    answer: z.array(z.string()),
    errors: ['datafile-not-found', 'datafile-not-ready'],
  }),
  remove: route({
    ...one,
    method: 'DELETE',
    path: '/datafile/:id',
    summary: 'Delete it with its files; a download that runs is cancelled',
    status: 204,
    answer: Nothing,
  }),
} as const;
