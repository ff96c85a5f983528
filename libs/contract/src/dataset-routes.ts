import { z } from 'zod';

import { Id, IdParams, IdsBody, Nothing, route } from './route.js';
import { ColumnType, ENCODERS } from './semantic-types.js';
import { Status } from './statuses.js';
import { JsonObject, wireRow } from './wire.js';

/** A data set; `file_path` is a path token, empty until its job has made the table. */
export const WireDataset = z
  .object({
    ...wireRow,
    name: z.string(),
    huey_id: z.string().nullable(),
    file_path: z.string().meta({ description: 'Token of the table for the `path` routes; never a server path' }),
    total_rows: z.int().nullable(),
    total_columns: z.int().nullable(),
    folder_id: z.int().nullable(),
    status: Status,
  })
  .meta({ id: 'Dataset' });
export type WireDataset = z.infer<typeof WireDataset>;

/** Column name → type entry. */
export const TypesAnswer = z.record(z.string(), ColumnType).meta({ id: 'ColumnTypes' });
const Sample = z.record(z.string(), z.array(z.unknown()));
const Page = z.object({ rows: z.array(JsonObject), total: z.int() });
/** Statistics of a table; more keys than these few when its metadata was computed. */
const Info = z.looseObject({
  total_rows: z.int(),
  total_columns: z.int(),
  column_names: z.array(z.string()).readonly(),
  nan: z.record(z.string(), z.int()).readonly(),
});

const PathQuery = z.object({ path: z.string().max(200) });
const paging = {
  page: z.coerce.number().int().min(0).default(0),
  page_size: z.coerce.number().int().min(1).default(10),
};
const jsonText = z.string().max(100_000).optional();

const tag = 'dataset';
const byId = { tag, params: IdParams, errors: ['dataset-not-found', 'dataset-not-finished'] } as const;
const byPath = { tag, errors: ['path-token-invalid'] } as const;

const filePreview = {
  method: 'POST',
  tag,
  files: ['file'],
  status: 200,
  errors: [
    'component-not-registered',
    'parameters-invalid',
    'file-missing',
    'file-empty',
    'file-not-tabular',
    'file-encoding-wrong',
    'file-ragged',
    'no-rows',
    'too-many-columns',
    'job-kwargs-invalid',
    'unavailable',
  ],
} as const;

/** `/dataset/`: data sets, their rows, statistics, previews and exports. */
export const datasetRoutes = {
  previewWithTypes: route({
    ...filePreview,
    path: '/dataset/preview_with_types',
    summary: 'Look at a file before uploading it: first rows and inferred types',
    form: z.object({ params: z.string().max(1_000_000).default('{}') }),
    answer: z.looseObject({
      sample: z.array(JsonObject),
      schema: TypesAnswer,
      inferred_types: TypesAnswer,
      preview_row_count: z.int(),
      types_inferred: z.boolean(),
      previewed_bytes: z.int(),
    }),
  }),
  validateTypeChanges: route({
    ...filePreview,
    path: '/dataset/validate_type_changes',
    summary: 'Check whether columns of a file can be read as other types',
    form: z.object({
      params: z.string().max(1_000_000).default('{}'),
      type_changes: z.string().max(5_000_000).default('{}'),
    }),
    answer: z.looseObject({
      valid: z.boolean(),
      errors: z.record(z.string(), z.string()),
      warnings: z.record(z.string(), z.string()),
      resolved_dtypes: z.record(z.string(), z.string()),
    }),
  }),
  create: route({
    method: 'POST',
    path: '/dataset/',
    tag,
    summary: 'Create a data set: by JSON for a later DatasetJob, or by one multipart request with the file',
    description: 'The multipart form submits the DatasetJob itself; its id is `huey_id` of the answer.',
    body: z.object({ name: z.string().max(200), notebook_id: Id.nullish() }).optional(),
    form: z.object({ name: z.string().max(200).optional(), params: z.string().max(5_000_000).optional() }).optional(),
    files: ['file'],
    status: 201,
    answer: WireDataset,
    errors: [
      'dataset-name-empty',
      'dataset-name-exists',
      'file-missing',
      'component-not-registered',
      'parameters-invalid',
      'job-kwargs-invalid',
    ],
  }),
  list: route({
    method: 'GET',
    path: '/dataset/',
    tag,
    summary: 'List data sets',
    status: 200,
    answer: z.array(WireDataset.extend({ task: z.string().nullable() })),
  }),
  filter: route({
    ...byPath,
    method: 'GET',
    path: '/dataset/filter/',
    summary: 'Filter, sort and page rows of a table',
    query: PathQuery.extend({ ...paging, filterModel: jsonText, sortModel: jsonText }),
    status: 200,
    answer: Page,
  }),
  filePage: route({
    ...byPath,
    method: 'GET',
    path: '/dataset/file/',
    summary: 'Page rows of a table',
    query: PathQuery.extend(paging),
    status: 200,
    answer: Page,
  }),
  fileInfo: route({
    ...byPath,
    method: 'GET',
    path: '/dataset/file/info',
    summary: 'Statistics of a table',
    query: PathQuery,
    status: 200,
    answer: Info,
  }),
  fileSample: route({
    ...byPath,
    method: 'GET',
    path: '/dataset/sample/file',
    summary: 'First ten rows of a table, by column',
    query: PathQuery,
    status: 200,
    answer: Sample,
  }),
  fileTypes: route({
    ...byPath,
    method: 'GET',
    path: '/dataset/types/file',
    summary: 'Column types of a table',
    query: PathQuery,
    status: 200,
    answer: TypesAnswer,
  }),
  fileExport: route({
    ...byPath,
    method: 'GET',
    path: '/dataset/export/csv',
    summary: 'Download a table as CSV, or its pictures as ZIP, filtered and sorted if asked',
    query: PathQuery.extend({ filter_model: jsonText, sort_model: jsonText }),
    status: 200,
    answer: z.unknown(),
    stream: 'file',
  }),
  fileImage: route({
    ...byPath,
    method: 'GET',
    path: '/dataset/file/image',
    summary: 'Download the picture of a row as it was uploaded',
    query: PathQuery.extend({ row: z.coerce.number().int().min(0).max(2_147_483_647) }),
    status: 200,
    answer: z.unknown(),
    stream: 'file',
    errors: ['path-token-invalid', 'not-found'],
  }),
  copy: route({
    method: 'POST',
    path: '/dataset/copy',
    tag,
    summary: 'Copy a data set',
    body: z.object({ dataset_id: Id }),
    status: 201,
    answer: WireDataset,
    errors: ['dataset-not-found', 'dataset-not-finished', 'dataset-name-exists'],
  }),
  get: route({
    method: 'GET',
    path: '/dataset/:id',
    tag,
    summary: 'Read one data set',
    params: IdParams,
    status: 200,
    answer: WireDataset,
    errors: ['dataset-not-found'],
  }),
  patch: route({
    method: 'PATCH',
    path: '/dataset/:id',
    tag,
    summary: 'Rename a data set or move it to a folder',
    params: IdParams,
    body: z.object({ name: z.string().max(200).optional(), folder_id: z.int().nullable().optional() }),
    status: 200,
    answer: WireDataset,
    errors: ['dataset-not-found', 'folder-not-found', 'dataset-name-empty', 'dataset-name-exists'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/dataset/:id',
    tag,
    summary: 'Delete a data set and all that was made from it',
    params: IdParams,
    status: 204,
    answer: Nothing,
    errors: ['dataset-not-found'],
  }),
  removeMany: route({
    method: 'DELETE',
    path: '/dataset/',
    tag,
    summary: 'Delete several data sets',
    body: IdsBody,
    status: 204,
    answer: Nothing,
  }),
  sample: route({
    ...byId,
    method: 'GET',
    path: '/dataset/:id/sample',
    summary: 'First ten rows, by column',
    status: 200,
    answer: Sample,
  }),
  info: route({
    ...byId,
    method: 'GET',
    path: '/dataset/:id/info',
    summary: 'Statistics and data quality',
    status: 200,
    answer: Info,
  }),
  types: route({
    ...byId,
    method: 'GET',
    path: '/dataset/:id/types',
    summary: 'Column types',
    status: 200,
    answer: TypesAnswer,
  }),
  modelSessionsExist: route({
    ...byId,
    method: 'GET',
    path: '/dataset/:id/model-sessions-exist',
    summary: 'Tell whether sessions use this data set',
    status: 200,
    answer: z.boolean(),
  }),
  export: route({
    ...byId,
    method: 'GET',
    path: '/dataset/:id/export/csv',
    summary: 'Download as CSV, or its pictures as ZIP',
    status: 200,
    answer: z.unknown(),
    stream: 'file',
  }),
  renameColumn: route({
    method: 'PATCH',
    path: '/dataset/:id/columns/rename',
    tag,
    summary: 'Rename a column',
    params: IdParams,
    body: z.object({ old_name: z.string().max(1000), new_name: z.string().max(1000) }),
    status: 200,
    answer: z.object({ message: z.string(), old_name: z.string(), new_name: z.string(), columns: TypesAnswer }),
    errors: ['dataset-not-found', 'dataset-not-finished', 'column-not-found', 'column-exists', 'column-rename-invalid'],
  }),
  setEncoder: route({
    method: 'PATCH',
    path: '/dataset/:id/columns/:column/encoder',
    tag,
    summary: 'Choose how a categorical column becomes numbers',
    params: IdParams.extend({ column: z.string().max(1000) }),
    body: z.object({ encoder: z.enum(ENCODERS) }),
    status: 200,
    answer: TypesAnswer,
    errors: ['dataset-not-found', 'dataset-not-finished', 'column-not-found', 'column-not-categorical'],
  }),
} as const;
