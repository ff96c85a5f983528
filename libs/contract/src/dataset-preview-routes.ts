import { z } from 'zod';

import { TypesAnswer } from './dataset-wire.js';
import { route } from './route.js';
import { JsonObject } from './wire.js';

/** What a file may be refused for by those who look at it. */
export const fileRefusals = [
  'component-not-registered',
  'parameters-invalid',
  'file-empty',
  'file-not-tabular',
  'file-encoding-wrong',
  'file-ragged',
  'quote-unclosed',
  'row-too-large',
  'column-names-wrong',
  'file-damaged',
  'file-encrypted',
  'format-too-large',
  'compression-unsupported',
  'archive-name-refused',
  'archive-too-large',
  'archive-too-many-files',
  'archive-without-file',
  'sheet-not-found',
  'record-wrong',
  'records-not-found',
  'line-wrong',
  'no-rows',
  'too-many-columns',
  'table-too-large',
  'unavailable',
] as const;
const filePreview = {
  method: 'POST',
  tag: 'dataset',
  files: ['file'],
  status: 200,
  errors: ['file-missing', 'job-kwargs-invalid', ...fileRefusals],
} as const;

/** How a form says which loader reads its file. */
export const loaderParams = (maxBytes: number) =>
  z
    .string()
    .max(maxBytes)
    .meta({
      description:
        'JSON: the loader under `dataloader` (CSVDataLoader unless said) and its settings, which `GET /component/{name}/` lists',
      examples: ['{"dataloader":"CSVDataLoader","separator":";","encoding":"cp1252"}'],
    });
const PreviewForm = z.object({ params: loaderParams(1_000_000).default('{}') });
const Preview = z.looseObject({
  sample: z.array(JsonObject),
  schema: TypesAnswer,
  inferred_types: TypesAnswer,
  preview_row_count: z.int(),
  types_inferred: z.boolean(),
  previewed_bytes: z.int(),
});

/** What a file holds before it becomes a data set; a part of `/dataset/`. */
export const datasetPreviewRoutes = {
  previewWithTypes: route({
    ...filePreview,
    path: '/dataset/preview_with_types',
    opening: { words: 'preview-failed', at: [400, 404, 413, 422] },
    summary: 'Look at a file before uploading it: first rows and inferred types',
    form: PreviewForm,
    answer: Preview,
  }),
  validateTypeChanges: route({
    ...filePreview,
    path: '/dataset/validate_type_changes',
    opening: { words: 'types-failed', at: [400, 404, 413, 422] },
    summary: 'Check whether columns of a file can be read as other types',
    form: z.object({
      params: loaderParams(1_000_000).default('{}'),
      type_changes: z.string().max(5_000_000).default('{}'),
    }),
    answer: z.looseObject({
      valid: z.boolean(),
      errors: z.record(z.string(), z.string()),
      warnings: z.record(z.string(), z.string()),
      resolved_dtypes: z.record(z.string(), z.string()),
    }),
  }),
  /** As clients called it before types were part of a preview. */
  loadPreview: route({
    ...filePreview,
    path: '/dataset/load_preview',
    summary: 'Look at a file before uploading it, as older clients ask',
    form: PreviewForm,
    answer: Preview,
  }),
  inferDatatypes: route({
    ...filePreview,
    path: '/dataset/infer_datatypes',
    summary: 'Infer the column types of a file, as older clients ask',
    form: PreviewForm,
    answer: TypesAnswer,
  }),
} as const;
