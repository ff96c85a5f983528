import { z } from 'zod';

import { PredictionPolicy } from './prediction-policy.js';
import { Id } from './route.js';
import { TypeChange } from './semantic-types.js';

/** Queues by the resource a job needs. */
export const QUEUES = ['io', 'compute', 'download'] as const;
/** A queue by its name. */
export type QueueName = (typeof QUEUES)[number];

/** A job's state; the last five are terminal. */
export const JOB_STATES = ['not_started', 'started', 'finished', 'error', 'cancelled', 'killed', 'deleted'] as const;
/** Which ways lead from state to state is law in the database (`job_guard`). */
export type JobState = (typeof JOB_STATES)[number];
/** States nothing leads out of. */
export const TERMINAL_STATES = [
  'finished',
  'error',
  'cancelled',
  'killed',
  'deleted',
] as const satisfies readonly JobState[];

const rows = z.array(z.record(z.string(), z.unknown())).max(10_000);

/** A file in storage that a job reads. Set by the server alone: what a client sends under this name is dropped. */
const Upload = z.object({ key: z.string(), filename: z.string() });

/** The choices of a statistical test, with their defaults filled in. */
export const TestChoices = z.object({
  alpha: z.number(),
  alternative: z.enum(['two-sided', 'greater', 'less']),
  correction: z.enum(['holm', 'bonferroni', 'benjamini_hochberg']).nullable(),
});
export type TestChoices = z.infer<typeof TestChoices>;

/** What jobs work on; kept on a job's row so that details and clean-up need no guessing. */
export const ENTITY_TYPES = [
  'dataset',
  'run',
  'prediction',
  'explorer',
  'converter',
  'global_explainer',
  'local_explainer',
  'report',
  'generative_process',
] as const;
/** A kind of row jobs work on; its table has the same name. */
export type EntityType = (typeof ENTITY_TYPES)[number];

interface JobDefinition {
  readonly queue: QueueName;
  /** What it works on: none, or a row of one of these. */
  readonly entities: readonly EntityType[];
  readonly kwargs: z.ZodType;
  /** Starts a job may have before a lost worker makes it `killed`. */
  readonly attempts: number;
  /** Smaller runs first. */
  readonly priority: number;
}
const define = <const D extends JobDefinition>(definition: D): D => definition;

/** Every job type, its queue and its arguments; names and arguments are DashAI's. */
export const jobDefinitions = {
  DatasetJob: define({
    queue: 'io',
    entities: ['dataset'],
    attempts: 3,
    priority: 10,
    kwargs: z.looseObject({
      dataset_id: Id,
      notebook_id: Id.nullish(),
      url: z.string().max(2000).nullish(),
      n_sample: z.coerce.number().int().min(1).nullish(),
      params: z.looseObject({}).default({}),
      upload: Upload.nullish(),
    }),
  }),
  ModelJob: define({
    queue: 'compute',
    entities: ['run'],
    attempts: 3,
    priority: 10,
    kwargs: z.looseObject({ run_id: Id }),
  }),
  PredictJob: define({
    queue: 'compute',
    entities: ['prediction'],
    attempts: 3,
    priority: 5,
    kwargs: z.looseObject({ prediction_id: Id, manual_input_data: rows.nullish() }),
  }),
  ExplorerJob: define({
    queue: 'io',
    entities: ['explorer'],
    attempts: 3,
    priority: 10,
    kwargs: z.looseObject({ explorer_id: Id }),
  }),
  ConverterJob: define({
    queue: 'io',
    entities: ['converter'],
    attempts: 3,
    priority: 10,
    kwargs: z.looseObject({ converter_id: Id }),
  }),
  ExplainerJob: define({
    queue: 'compute',
    entities: ['global_explainer', 'local_explainer'],
    attempts: 3,
    priority: 10,
    kwargs: z.looseObject({
      explainer_id: Id,
      explainer_scope: z.enum(['global', 'local']),
      manual_input_data: rows.nullish(),
    }),
  }),
  GenerativeJob: define({
    queue: 'compute',
    entities: ['generative_process'],
    attempts: 2,
    priority: 5,
    kwargs: z.looseObject({ generative_process_id: Id }),
  }),
  /** On a queue of its own, which it may hold for hours; what an attempt brought, the next one keeps. */
  ComponentDownloadJob: define({
    queue: 'download',
    entities: [],
    attempts: 10,
    priority: 10,
    kwargs: z.looseObject({ component_name: z.string().min(1).max(200) }),
  }),
  /** Fetches the files of a data set of a hub. */
  DatafileJob: define({
    queue: 'download',
    entities: [],
    attempts: 5,
    priority: 10,
    kwargs: z.looseObject({ datafile_id: Id }),
  }),
  ReportJob: define({
    queue: 'compute',
    entities: ['report'],
    attempts: 3,
    priority: 10,
    kwargs: z.looseObject({ report_id: Id }),
  }),
  /**
   * Internal: one trial of a search, child of the ModelJob `job_id`; never listed. `first` is the first number of its batch. Searches that
   * began go before jobs that have not.
   */
  TrialJob: define({
    queue: 'compute',
    entities: [],
    attempts: 3,
    priority: 9,
    kwargs: z.object({ run_id: Id, job_id: z.uuid(), search: z.int(), number: z.int(), first: z.int() }),
  }),
  /** Reads a log folder of SwanLab into a tracked project; submitted with its file by a route of its own. */
  SwanlogJob: define({
    queue: 'io',
    entities: [],
    attempts: 3,
    priority: 10,
    kwargs: z.object({ project_id: Id, upload: Upload }),
  }),
  /** Internal: a statistical test that a request waits for; never listed. */
  StatisticalTestJob: define({
    queue: 'io',
    entities: [],
    attempts: 1,
    priority: 1,
    kwargs: z.object({
      test: z.string(),
      followedBy: z.string().nullable(),
      scores: z.array(z.array(z.number())),
      options: TestChoices,
    }),
  }),
  /** Internal: a look at an uploaded file that a request waits for; never listed. */
  PreviewFileJob: define({
    queue: 'io',
    entities: [],
    attempts: 1,
    priority: 1,
    kwargs: z.object({
      upload: Upload,
      params: z.looseObject({}),
      changes: z.record(z.string(), TypeChange).nullable(),
    }),
  }),
  /** Internal: a prediction that a request waits for; never listed. */
  PreviewJob: define({
    queue: 'io',
    entities: [],
    attempts: 1,
    priority: 1,
    kwargs: z.object({ run_id: Id, rows, policy: PredictionPolicy, probabilities: z.boolean() }),
  }),
  /** Internal: installs the newest version of a plugin for a request that waits; never listed. */
  PluginJob: define({ queue: 'io', entities: [], attempts: 1, priority: 1, kwargs: z.object({ plugin_id: Id }) }),
  /** Internal: a report on the data of a prediction that a request waits for; never listed. */
  CheckPredictionJob: define({
    queue: 'io',
    entities: [],
    attempts: 1,
    priority: 1,
    kwargs: z.object({
      run_id: Id,
      dataset_id: Id.nullable(),
      split: z.string().nullable(),
      rows: rows.nullable(),
      policy: PredictionPolicy,
    }),
  }),
} as const;

/** Jobs that only the server itself submits: their arguments name keys of the storage, or somebody waits for their answer. */
export const INTERNAL_JOB_TYPES = [
  'TrialJob',
  'StatisticalTestJob',
  'PreviewFileJob',
  'PreviewJob',
  'CheckPredictionJob',
  'PluginJob',
  'SwanlogJob',
] as const satisfies readonly JobType[];

/** Every job type, internal ones included. */
export const JOB_TYPES = Object.keys(jobDefinitions) as JobType[];
/** A job type by DashAI's name. */
export type JobType = keyof typeof jobDefinitions;
/** The checked arguments of a job type. */
export type KwargsOf<T extends JobType> = z.output<(typeof jobDefinitions)[T]['kwargs']>;
/** The kinds of row a job type works on. */
export type EntitiesOf<T extends JobType> = (typeof jobDefinitions)[T]['entities'][number];
