import type { EntityManager } from 'typeorm';

import type { Keyed } from './without-seen.js';

/** A run's state in the store; clients' own words are mapped at the edge. `lost` is soft: any later write revives the run. */
export const TRACKED_STATUSES = ['queued', 'running', 'completed', 'failed', 'cancelled', 'lost'] as const;
/** One of them. */
export type TrackedStatus = (typeof TRACKED_STATUSES)[number];

/** Where a run came from. */
export type TrackedSource = 'platform' | 'ml-dash' | 'matyan' | 'swanlab' | 'import' | 'api';

/** Kinds of series; on disk their index: 0 is a number, all others are objects. */
export const SERIES_KINDS = ['number', 'image', 'text', 'distribution', 'audio', 'figure', 'object'] as const;
/** One of them. */
export type SeriesKind = (typeof SERIES_KINDS)[number];

/** Distinguishes series of one name, `{"subset": "train"}`; compared as canonical JSON. */
export type SeriesContext = Readonly<Record<string, unknown>>;

/** Runs of one owner under one slug. */
export interface TrackedProject {
  readonly id: number;
  /** The owner's slug. */
  readonly namespace: string;
  readonly slug: string;
  readonly name: string;
  readonly description: string | null;
  readonly created: Date;
  readonly lastModified: Date;
}

/** A run, whoever logs it. */
export interface TrackedRun {
  readonly id: number;
  readonly projectId: number;
  readonly groupId: string | null;
  /** The id its client knows: 32 hex digits, a ULID, `run-…`, or our own decimal. */
  readonly extId: string;
  /** Folders above it, `a/b`, empty at the top. */
  readonly folder: string;
  readonly name: string;
  readonly description: string | null;
  readonly status: TrackedStatus;
  readonly archived: boolean;
  readonly writeProtected: boolean;
  readonly source: TrackedSource;
  /** The training run of the platform it shows. */
  readonly trainingRunId: number | null;
  readonly parentRunId: number | null;
  readonly params: Readonly<Record<string, unknown>>;
  readonly paramsVersion: number;
  readonly system: Readonly<Record<string, unknown>>;
  readonly metadata: Readonly<Record<string, unknown>> | null;
  readonly tags: readonly string[];
  readonly bindrs: readonly string[];
  readonly owner: string;
  readonly clientStartedAt: Date | null;
  readonly startedAt: Date;
  readonly endedAt: Date | null;
  readonly lastSeen: Date;
  readonly created: Date;
  readonly lastModified: Date;
}

type Dates = 'startedAt' | 'endedAt' | 'lastSeen' | 'created' | 'lastModified';
/** What a list shows of a run; dates are ISO 8601 in UTC, to the millisecond. */
export type TrackedRunSummary = Omit<
  TrackedRun,
  | 'groupId'
  | 'writeProtected'
  | 'params'
  | 'paramsVersion'
  | 'system'
  | 'metadata'
  | 'bindrs'
  | 'clientStartedAt'
  | Dates
> & { readonly [Key in Dates]: Key extends 'endedAt' ? string | null : string };

/** What opens a run: the same `extId` (or, for ML-Dash, the same folder and name) again is the same run. */
export interface OpenRun {
  readonly projectId: number;
  readonly source: TrackedSource;
  /** Absent: the run gets its own id as text. */
  readonly extId?: string;
  readonly folder?: string;
  readonly name: string;
  readonly description?: string | null;
  readonly tags?: readonly string[];
  readonly bindrs?: readonly string[];
  readonly metadata?: Readonly<Record<string, unknown>> | null;
  readonly writeProtected?: boolean;
  readonly owner?: string;
  readonly clientStartedAt?: Date | null;
  readonly trainingRunId?: number | null;
  readonly parentRunId?: number | null;
}

/** Columns a client may change; absent ones stay. */
export interface RunPatch {
  readonly name?: string;
  readonly description?: string | null;
  readonly bindrs?: readonly string[];
  readonly archived?: boolean;
  readonly groupId?: string | null;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
  readonly system?: Readonly<Record<string, unknown>>;
  readonly layout?: Readonly<Record<string, unknown>>;
  /** When its client says, and when we heard, that it began: a run that begins anew. */
  readonly clientStartedAt?: Date | null;
  readonly startedAt?: Date;
}

/** One number of a series. */
export interface NewPoint extends Keyed {
  readonly runId: number;
  readonly name: string;
  readonly context?: SeriesContext;
  /** Null: one after the series' last. The same `x` again overwrites. */
  readonly x: number | null;
  readonly epoch?: number | null;
  /** Any double: NaN and infinities are kept, and left out of min, max and sum. */
  readonly value: number;
  readonly ts?: Date;
  readonly dtype?: string | null;
}

/** Points of one series in columns of one length; without `xs` each is one after the last. */
export interface NewColumns {
  readonly name: string;
  readonly context?: SeriesContext;
  readonly xs?: readonly (number | null)[];
  readonly values: readonly number[];
  readonly epochs?: readonly (number | null)[];
  /** Milliseconds since 1970. */
  readonly times?: readonly number[];
}

/** A series' statistics, exact after every acknowledged write; lists and summaries need nothing else. */
export interface TrackedSeries {
  readonly id: number;
  readonly runId: number;
  readonly metricId: number | null;
  /** Field of the ML-Dash metric it is a column of. */
  readonly field: string | null;
  readonly kind: SeriesKind;
  readonly name: string;
  readonly context: SeriesContext;
  /** 32 bits of the canonical context's SHA-256, 0 for the empty one, as Aim counts. */
  readonly contextId: number;
  readonly dtype: string | null;
  readonly n: number;
  readonly firstX: number | null;
  readonly firstValue: number | null;
  readonly lastX: number | null;
  readonly lastValue: number | null;
  readonly lastTs: Date | null;
  /** Of finite values; null without any. */
  readonly min: number | null;
  readonly max: number | null;
  readonly sum: number;
  readonly nonfinite: number;
  readonly created: Date;
}

/** Points in columns, ascending in x. */
export interface PointColumns {
  readonly xs: number[];
  readonly values: number[];
  readonly epochs: (number | null)[];
  /** Milliseconds since 1970, fractions kept. */
  readonly times: number[];
}

/** Which part of a series is read: bounds inclusive, rows from the left. */
export interface PointRange {
  readonly fromX?: number;
  readonly toX?: number;
  readonly limit?: number;
}

/** Rows of an ML-Dash metric: they always append, each gets the next index. */
export interface NewRows {
  readonly runId: number;
  /** Empty for the unnamed metric. */
  readonly metric: string;
  /** Fields of any JSON type; `_ts` (float seconds) is the row's time. Non-finite numbers are allowed. */
  readonly rows: readonly Readonly<Record<string, unknown>>[];
  readonly description?: string | null;
  readonly tags?: readonly string[] | null;
  readonly metadata?: Readonly<Record<string, unknown>> | null;
}
/** Where appended rows landed; a batch sent again is told its first landing. */
export interface AppendedRows {
  readonly metricId: number;
  readonly startIndex: number;
  readonly count: number;
  readonly total: number;
}
/** A named list of rows (ML-Dash); its numeric fields are series. */
export interface TrackedMetric {
  readonly id: number;
  readonly runId: number;
  readonly name: string;
  readonly description: string | null;
  readonly tags: readonly string[] | null;
  readonly metadata: Readonly<Record<string, unknown>> | null;
  readonly nextIndex: number;
  readonly created: Date;
  readonly lastModified: Date;
}
/** One row of a metric, with its index. */
export interface TrackedRow {
  readonly index: number;
  readonly data: Readonly<Record<string, unknown>>;
  readonly ts: Date;
}

/** 0 terminal output, 1 records with a level. */
export type LogStream = 0 | 1;
/** A line to append to a log. */
export interface NewLogLine extends Keyed {
  readonly ts: Date;
  /** 10 debug, 20 info, 30 warn, 40 error, 50 fatal. */
  readonly level: number;
  /** Cut at 64 KiB, which `meta.truncated` then says. */
  readonly message: string;
  readonly meta?: Readonly<Record<string, unknown>> | null;
  /** Its place; absent: the next one. The same place again overwrites. */
  readonly seq?: number;
}
/** A line of a log at its place. */
export interface LogLine extends Required<Omit<NewLogLine, 'seq' | 'key'>> {
  readonly seq: number;
}
/** Which lines are read; bounds inclusive. */
export interface LogQuery {
  readonly stream: LogStream;
  readonly fromSeq?: number;
  readonly toSeq?: number;
  readonly levels?: readonly number[];
  readonly from?: Date;
  readonly to?: Date;
  readonly search?: string;
  readonly orderBy?: 'seq' | 'ts';
  readonly descending?: boolean;
  readonly offset?: number;
  readonly limit: number;
}

/** One object of a series at a step: image, text, audio, distribution, figure or anything else. */
export interface NewObject extends Keyed {
  readonly runId: number;
  readonly kind: SeriesKind;
  readonly name: string;
  readonly context?: SeriesContext;
  /** Null: one after the series' last, the same for all of one count. */
  readonly x: number | null;
  /** Several objects of one step count from 0, one after the other. */
  readonly index?: number;
  readonly epoch?: number | null;
  readonly ts?: Date;
  readonly dtype?: string | null;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly blobId?: number | null;
}
/** One object of a series at a step. */
export interface TrackedObject {
  readonly seriesId: number;
  readonly x: number;
  readonly index: number;
  readonly epoch: number | null;
  readonly ts: Date;
  readonly meta: Readonly<Record<string, unknown>>;
  readonly blobId: number | null;
}

/** Bytes kept once per project and SHA-256. */
export interface TrackedBlob {
  readonly id: number;
  readonly projectId: number;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly contentType: string;
  readonly storageKey: string;
}
/** A stored file becomes a blob; when its bytes are known already, the second copy goes. */
export interface NewBlob {
  readonly projectId: number;
  /** Key in storage; the store owns it from then on. */
  readonly key: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly contentType: string;
}

/** A transaction to take part in; the store's own otherwise. */
export type Tx = EntityManager | undefined;
