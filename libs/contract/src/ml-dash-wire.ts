import { z } from 'zod';

import { Id } from './route.js';

/** What names an owner, a project, a folder, an experiment or a file: one segment of a path, and never a path itself. */
export const MlDashName = z
  .string()
  .min(1)
  .max(255)
  .regex(/^(?!\.{1,2}$)[^/]+$/, 'must be one name, without slashes');
/** A metric's name or a topic; slashes are part of it. */
export const MlDashLabel = z.string().min(1).max(255);

/** Ids travel as text; what is sent back may be either. */
const TextId = z.string().meta({ examples: ['7'] });
const Time = z.string().meta({ description: 'ISO-8601 in UTC', examples: ['2026-01-31T10:22:05.123Z'] });
const Json = z.record(z.string(), z.unknown());
/** Counters arrive as decimal text, as from the service the client was written for. */
const Digits = z.string().meta({ examples: ['12'] });

/** Any word the client sends, on the five levels of the store. */
export const MlDashLevel = z.preprocess(
  (level) => (typeof level === 'string' ? level.toLowerCase().replace(/^warning$/, 'warn') : level),
  z.enum(['debug', 'info', 'warn', 'error', 'fatal']),
);

/** A moment as Python writes it, `…+00:00Z` too; undefined for what is none. */
export function mlDashMoment(text: string): Date | undefined {
  const date = new Date(text.trim().replace(/([+-]\d\d:\d\d)Z$/, '$1'));
  const year = date.getUTCFullYear();
  return year >= 1900 && year <= 9999 ? date : undefined;
}
const NO_MOMENT = 'must be an ISO-8601 date between the years 1900 and 9999';
/** Its text, whose microseconds a date does not keep. */
export const MlDashTimeText = z
  .string()
  .max(64)
  .refine((text) => mlDashMoment(text) !== undefined, NO_MOMENT);
/** The moment itself. */
export const MlDashTime = MlDashTimeText.transform((text) => mlDashMoment(text) ?? new Date(NaN));

/** Seconds since 1970 that make a date. */
const Seconds = z.number().min(-2_208_988_800).max(253_402_300_799);
/** One row of a metric: fields of any kind; `_ts` is its time. */
export const MlDashRow = z
  .record(z.string().max(255), z.unknown())
  .refine(({ _ts }) => _ts === undefined || _ts === null || Seconds.safeParse(_ts).success, {
    message: 'must be seconds since 1970',
    path: ['_ts'],
  });

/** `status` of an experiment, as the client writes and filters it. */
export const MlDashStatus = z.enum(['RUNNING', 'COMPLETED', 'FAILED', 'CANCELLED']);

/** The bytes of a file. */
export const WireMlDashFile = z
  .object({
    id: TextId,
    filename: z.string(),
    contentType: z.string(),
    sizeBytes: z.int().min(0),
    checksum: z.string().meta({ description: 'SHA-256 in hexadecimal' }),
    s3Url: z.string().nullable().meta({ description: 'Always null: files are downloaded from their node' }),
  })
  .meta({ id: 'MlDashPhysicalFile' });

/** A folder, an experiment or a file in the tree of a project. */
export const WireMlDashNode = z
  .object({
    id: TextId,
    type: z.enum(['FOLDER', 'EXPERIMENT', 'FILE']),
    name: z.string(),
    projectId: TextId,
    parentId: TextId.nullable(),
    experimentId: TextId.nullable(),
    pPath: z.string().meta({ description: 'Names from the project, or from the experiment for what lies in one' }),
    status: z.string().nullable(),
    description: z.string().nullable(),
    tags: z.array(z.string()),
    bindrs: z.array(z.string()),
    metadata: Json.nullable(),
    createdAt: Time,
    updatedAt: Time,
    deletedAt: Time.nullable(),
    physicalFile: WireMlDashFile.nullable(),
  })
  .meta({ id: 'MlDashNode' });
export type WireMlDashNode = z.infer<typeof WireMlDashNode>;

/** A project of a namespace. */
export const WireMlDashProject = z
  .object({ id: TextId, name: z.string(), slug: z.string(), description: z.string().nullable() })
  .meta({ id: 'MlDashProject' });

/** An experiment, our run. */
export const WireMlDashExperiment = z
  .object({
    id: TextId,
    name: z.string(),
    projectId: TextId,
    description: z.string().nullable(),
    status: z.string(),
    tags: z.array(z.string()),
    bindrs: z.array(z.string()),
    metadata: Json.nullable(),
    writeProtected: z.boolean(),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: 'MlDashExperiment' });

/** What the one address that makes nodes answers: what there is of the four. */
export const WireMlDashMade = z
  .object({
    project: WireMlDashProject,
    node: WireMlDashNode.nullable(),
    experiment: WireMlDashExperiment.nullable(),
    physicalFile: WireMlDashFile.nullable(),
  })
  .meta({ id: 'MlDashMade' });

/** The parameters of an experiment. */
export const WireMlDashParameters = z
  .object({
    id: TextId,
    experimentId: TextId,
    data: Json.meta({ description: 'Leaves by dotted key' }),
    version: z.int(),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: 'MlDashParameters' });

/** A line of the log. */
export const WireMlDashLog = z
  .object({
    id: TextId,
    sequenceNumber: z.int(),
    timestamp: Time,
    level: MlDashLevel,
    message: z.string(),
    metadata: Json.nullable(),
  })
  .meta({ id: 'MlDashLog' });

const metric = {
  metricId: TextId,
  name: z.string(),
  description: z.string().nullable(),
  tags: z.array(z.string()).nullable(),
  totalDataPoints: Digits,
  createdAt: Time,
};
/** A metric: a named list of rows. */
export const WireMlDashMetric = z.object(metric).meta({ id: 'MlDashMetric' });
/** What a metric holds, in numbers: counters of storage, and of its values. */
export const WireMlDashStats = z
  .object({
    ...metric,
    metadata: Json.nullable(),
    bufferedDataPoints: Digits,
    chunkedDataPoints: Digits,
    totalChunks: z.int(),
    chunkSize: z.int(),
    firstDataAt: Time.nullable(),
    lastDataAt: Time.nullable(),
    updatedAt: Time,
    count: z.int(),
    firstValue: Json.nullable().meta({ description: 'The first row' }),
    lastValue: Json.nullable().meta({ description: 'The last row' }),
    fields: z
      .record(
        z.string(),
        z.object({
          count: z.int(),
          firstValue: z.number().nullable(),
          lastValue: z.number().nullable(),
          min: z.number().nullable(),
          max: z.number().nullable(),
          mean: z.number().nullable(),
        }),
      )
      .meta({ description: 'Of each numeric field; non-finite values are left out' }),
  })
  .meta({ id: 'MlDashMetricStats' });

/** One row with its place. */
export const WireMlDashPoint = z
  .object({ index: z.int(), data: Json, createdAt: Time })
  .meta({ id: 'MlDashMetricRow' });

/** Sparse data by time. */
export const WireMlDashTrack = z
  .object({
    id: TextId,
    experimentId: TextId,
    topic: z.string(),
    description: z.string().nullable(),
    tags: z.array(z.string()),
    metadata: Json.nullable(),
    totalEntries: z.int(),
    columns: z.array(z.string()),
    firstTimestamp: z.number().nullable(),
    lastTimestamp: z.number().nullable(),
    createdAt: Time,
    updatedAt: Time,
  })
  .meta({ id: 'MlDashTrack' });

/** What describes anything that is made. */
export const mlDashWords = {
  description: z.string().max(65_536).nullish(),
  tags: z.array(z.string().max(255)).max(1000).nullish(),
  metadata: Json.nullish(),
};
/** Path parameters of what belongs to an experiment. */
export const ExperimentParams = z.object({ experimentId: Id });
