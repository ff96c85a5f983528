import { z } from 'zod';

import { ENTITY_TYPES, JOB_STATES } from './jobs.js';
import { Nothing, route } from './route.js';

const tag = 'job';
const params = z.object({ id: z.string().max(100) });
const state = z.enum(JOB_STATES);
const progress = z.number().min(0).max(100).nullable();
/** Queue times are UTC: `YYYY-MM-DD HH:MM:SS.mmm`. */
const QueueDate = z.string().meta({ description: 'UTC', examples: ['2026-01-31 13:22:05.123'] });

/** What `GET /job/status/:id` answers. */
export const WireJobStatus = z
  .object({
    status: state,
    updated: QueueDate,
    error: z.string().nullable(),
    job_name: z.string(),
    progress,
    progress_message: z.string().nullable(),
  })
  .meta({ id: 'JobStatus' });
export type WireJobStatus = z.infer<typeof WireJobStatus>;

/** A row of the job list; the same values as the status under DashAI's other names. */
export const WireJob = z
  .object({
    id: z.string(),
    task_type: z.string(),
    job_name: z.string(),
    enqueued_at: QueueDate,
    status: state,
    last_update: QueueDate,
    error_msg: z.string().nullable(),
    progress,
    progress_message: z.string().nullable(),
  })
  .meta({ id: 'Job' });
export type WireJob = z.infer<typeof WireJob>;

/** Jobs that changed since a cursor. */
export const WireJobChanges = z
  .object({
    jobs: z.array(WireJob),
    cursor: z.string().meta({ description: 'Send it as `since` next time' }),
    server_now: QueueDate,
    queue_empty: z.boolean(),
    recently_completed: z.boolean(),
  })
  .meta({ id: 'JobChanges' });
export type WireJobChanges = z.infer<typeof WireJobChanges>;

/** What one server-sent event carries; `dismissed` are ids that left the list. */
export const WireJobEvent = z
  .object({ jobs: z.array(WireJob), dismissed: z.array(z.string()), cursor: z.string() })
  .meta({ id: 'JobEvent' });
export type WireJobEvent = z.infer<typeof WireJobEvent>;

/** A job with the row it works on. */
export const WireJobDetails = z
  .union([
    z.object({ id: z.string(), no_entity: z.literal(true) }),
    z.object({
      entity_type: z.enum([...ENTITY_TYPES, 'train_model']),
      entity_id: z.int(),
      entity_name: z.string(),
      created_at: z.string(),
      last_modified: z.string(),
      ...WireJobStatus.shape,
    }),
  ])
  .meta({ id: 'JobDetails' });
export type WireJobDetails = z.infer<typeof WireJobDetails>;

const since = z.string().max(100).default('1970-01-01 00:00:00.000000');

/** `/job/`: submitting, watching and cancelling work. */
export const jobRoutes = {
  submit: route({
    method: 'POST',
    path: '/job/',
    tag,
    summary: 'Submit a job',
    description:
      '`kwargs` is a JSON object. A DatasetJob brings its file as the part `file`; with the header `filename` its name is taken from there.',
    form: z.looseObject({
      job_type: z.string().max(100).optional(),
      kwargs: z.string().optional(),
      n_sample: z.string().max(20).optional(),
    }),
    files: ['file', 'file_*'],
    status: 201,
    answer: z.object({ id: z.string() }),
    errors: [
      'missing-job-fields',
      'job-type-unknown',
      'job-kwargs-invalid',
      'upload-too-large',
      // What the work is to be done on is not there.
      'component-not-found',
      'converter-not-found',
      'datafile-not-found',
      'dataset-not-found',
      'explainer-not-found',
      'explorer-not-found',
      'generative-process-not-found',
      'notebook-not-found',
      'prediction-not-found',
      'report-not-found',
      'run-not-found',
      // It cannot be done yet, or not like this.
      'component-downloading',
      'component-not-downloadable',
      'datafile-file-unknown',
      'datafile-not-ready',
      'dataset-not-finished',
      'entity-busy',
      'file-missing',
      'generative-input-invalid',
      'manual-input-invalid',
      'not-generative',
      'run-not-finished',
      'url-invalid',
    ],
    opening: { words: 'job-undelivered', at: [404] },
  }),
  list: route({
    method: 'GET',
    path: '/job/',
    tag,
    summary: 'List jobs, the last changed first',
    status: 200,
    answer: z.array(WireJob),
  }),
  status: route({
    method: 'GET',
    path: '/job/status/:id',
    tag,
    summary: 'Status of one job',
    params,
    status: 200,
    answer: WireJobStatus,
    errors: ['job-not-found'],
  }),
  changes: route({
    method: 'GET',
    path: '/job/changes',
    tag,
    summary: 'Jobs that changed since a cursor or a time',
    query: z.object({ since }),
    status: 200,
    answer: WireJobChanges,
  }),
  events: route({
    method: 'GET',
    path: '/job/events',
    tag,
    summary: 'The same changes as server-sent events named `jobs`, the cursor as their id',
    query: z.object({ since: since.optional() }),
    status: 200,
    answer: WireJobEvent,
    stream: 'events',
  }),
  isEmpty: route({
    method: 'GET',
    path: '/job/is_empty',
    tag,
    summary: 'Tell whether nothing waits or runs',
    status: 200,
    answer: z.object({ is_empty: z.boolean(), error: z.string().optional() }),
  }),
  cancelAll: route({
    method: 'DELETE',
    path: '/job/all',
    tag,
    summary: 'Cancel every job that waits or runs',
    status: 200,
    answer: z.object({ cancelled: z.int(), deleted: z.int() }),
  }),
  details: route({
    method: 'GET',
    path: '/job/:id/details',
    tag,
    summary: 'A job with the row it works on',
    params,
    status: 200,
    answer: WireJobDetails,
    errors: ['job-not-found'],
  }),
  get: route({
    method: 'GET',
    path: '/job/:id',
    tag,
    summary: 'Arguments of a job that waits or runs',
    params,
    status: 200,
    answer: z.object({ kwargs: z.record(z.string(), z.unknown()) }),
    errors: ['job-not-found'],
    opening: { words: 'job-unknown', at: [404] },
  }),
  cancel: route({
    method: 'DELETE',
    path: '/job/:id',
    tag,
    summary: 'Cancel a job; one that has ended leaves the list',
    params,
    status: 204,
    answer: Nothing,
    errors: ['job-not-found'],
  }),
  patch: route({
    method: 'PATCH',
    path: '/job/',
    tag,
    summary: 'Not implemented',
    status: 501,
    answer: Nothing,
    errors: ['not-implemented'],
  }),
} as const;
