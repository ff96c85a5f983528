import type { TrackedLabels } from './label-types.js';
import type { FoundRun, RunSearch } from './search-types.js';
import type {
  AppendedRows, LogLine, LogQuery, LogStream, NewBlob, NewColumns, NewLogLine, NewObject, NewPoint, NewRows, OpenRun, PointColumns, PointRange,
  RunPatch, TrackedBlob, TrackedMetric, TrackedObject, TrackedProject, TrackedRow, TrackedRun, TrackedRunSummary, TrackedSeries, TrackedSource, TrackedStatus, Tx,
} from './tracked-types.js'; // prettier-ignore
import type { TrackedCharts } from './tracked-charts.js';

/**
 * One store for everything that is logged, whoever logs it; the languages of clients are mapped onto it in `#workflow`.
 * Writes are batched in the process and acknowledged after their commit; counters and statistics are exact under concurrency.
 * Writes to a deleted run reject with `tracked-run-gone`, to one that never was with `tracked-run-not-found`.
 */
export interface TrackingStore extends TrackedLabels {
  readonly projects: TrackedProjects;
  readonly runs: TrackedRuns;
  readonly params: TrackedParams;
  readonly series: TrackedSeriesStore;
  readonly rows: TrackedRows;
  readonly logs: TrackedLogs;
  readonly objects: TrackedObjects;
  readonly search: TrackedSearch;
  readonly upkeep: TrackedUpkeep;
  readonly charts: TrackedCharts;
  /** Waits until everything given to the store is committed; writes after it are refused. */
  close(): Promise<void>;
}

/** Projects of the store. */
export interface TrackedProjects {
  /** Get or create; two at once get the same. */
  open(namespace: string, slug: string): Promise<TrackedProject>;
  find(namespace: string, slug: string): Promise<TrackedProject | undefined>;
  get(id: number): Promise<TrackedProject>;
  list(filter: { readonly namespace?: string; readonly id?: number }): Promise<TrackedProject[]>;
  change(id: number, change: ProjectPatch): Promise<TrackedProject>;
  /** Deletes it and its runs softly; answers how many runs went. */
  remove(id: number): Promise<number>;
}

/** What may be changed of a project; absent keys stay. */
export interface ProjectPatch {
  readonly name?: string;
  readonly description?: string | null;
  /** Minutes of silence after which a run of a source is lost. */
  readonly lostMinutes?: Readonly<Partial<Record<TrackedSource, number>>>;
}

/** Runs of the store. */
export interface TrackedRuns {
  /** Get or create, also when many ask at once. @throws AppError `tracked-run-gone`, `tracked-project-not-found`. */
  open(run: OpenRun, tx?: Tx): Promise<{ run: TrackedRun; created: boolean }>;
  get(id: number): Promise<TrackedRun>;
  /** The run its client knows by this id; undefined when there is none or it was deleted. */
  find(projectId: number, extId: string): Promise<TrackedRun | undefined>;
  /** Whether a run of this id was deleted: its writer is told so for a week. */
  isGone(projectId: number, extId: string): Promise<boolean>;
  /** Newest first. */
  list(filter: RunFilter): Promise<{ runs: TrackedRun[]; total: number }>;
  /** The same for long lists: without trees, and dates as the wire has them. */
  summaries(filter: RunFilter): Promise<{ runs: TrackedRunSummary[]; total: number }>;
  change(id: number, patch: RunPatch, tx?: Tx): Promise<TrackedRun>;
  setStatus(id: number, status: TrackedStatus, options?: { readonly endedAt?: Date }, tx?: Tx): Promise<void>;
  setTags(id: number, tags: readonly string[], tx?: Tx): Promise<void>;
  /** Says that the run's client lives: a lost run runs again. */
  touch(id: number): Promise<void>;
  /** Whether nothing came to the run under this key for a day; from its commit on the transaction's work has. */
  isNew(id: number, key: string, tx: Tx): Promise<boolean>;
  /** Soft, with a tombstone; a purge job takes what is theirs. Unknown ids are skipped; answers those that went. */
  remove(ids: readonly number[], tx?: Tx): Promise<number[]>;
}
/** Which runs are listed; what is absent does not filter. */
export interface RunFilter {
  readonly projectId?: number;
  readonly ids?: readonly number[];
  readonly statuses?: readonly TrackedStatus[];
  readonly archived?: boolean;
  /** The runs in this folder and below it. */
  readonly folder?: string;
  readonly groupId?: string;
  /** Part of the name, of the client's id, or a whole tag. */
  readonly search?: string;
  readonly offset?: number;
  readonly limit: number;
}

/** Parameters of runs: a tree, and its leaves by dotted key. */
export interface TrackedParams {
  /** Sets leaves by dotted key beside what is there; answers the new version and all leaves. */
  merge(
    runId: number,
    leaves: Readonly<Record<string, unknown>>,
    tx?: Tx,
  ): Promise<{ version: number; leaves: Record<string, unknown> }>;
  /** Puts `value` at the end of `path`, in place of what was there; an empty path replaces the whole tree. */
  replace(runId: number, path: readonly string[], value: unknown, tx?: Tx): Promise<void>;
  /** All leaves by dotted key; lists are leaves. */
  leaves(runId: number): Promise<Record<string, unknown>>;
}

/** Series of numbers: written, listed, read, drawn smaller. */
export interface TrackedSeriesStore {
  /** Upserts points of any runs, in the order given; resolves after the commit. */
  append(points: readonly NewPoint[], tx?: Tx): Promise<void>;
  /** The same in columns, for whoever has many: a tenth of the work. */
  appendColumns(runId: number, columns: readonly NewColumns[], tx?: Tx): Promise<void>;
  list(runIds: readonly number[]): Promise<TrackedSeries[]>;
  get(id: number): Promise<TrackedSeries>;
  read(seriesId: number, range?: PointRange): Promise<PointColumns>;
  /** About `count` points at evenly spaced x, first and last among them; many series in one statement. */
  sample(seriesIds: readonly number[], count: number, range?: PointRange): Promise<Map<number, PointColumns>>;
  /** At most `count` points that keep the shape (minimum and maximum of each bucket, first and last). */
  shape(seriesId: number, count: number, range?: PointRange): Promise<PointColumns>;
  remove(seriesId: number): Promise<void>;
}

/** Rows of ML-Dash metrics. */
export interface TrackedRows {
  append(rows: NewRows): Promise<AppendedRows>;
  metrics(runIds: readonly number[]): Promise<TrackedMetric[]>;
  find(runId: number, metric: string): Promise<TrackedMetric | undefined>;
  read(metricId: number, range: { readonly from: number; readonly limit: number }): Promise<TrackedRow[]>;
}

/** Logs of runs, by stream. */
export interface TrackedLogs {
  /** Answers the places of the first and the last line; of none, the next place twice. */
  append(
    runId: number,
    stream: LogStream,
    lines: readonly NewLogLine[],
    /** `batch` tells these lines from all others of the run: sent again, they are answered their first landing. */
    options?: { readonly batch?: string },
  ): Promise<{ start: number; end: number }>;
  read(runId: number, query: LogQuery): Promise<{ lines: LogLine[]; hasMore: boolean }>;
  count(runIds: readonly number[], stream: LogStream): Promise<Map<number, number>>;
}

/** Media and other objects of series, and the blobs that hold their bytes. */
export interface TrackedObjects {
  put(objects: readonly NewObject[]): Promise<void>;
  read(seriesId: number, range: PointRange): Promise<TrackedObject[]>;
  addBlob(blob: NewBlob, tx?: Tx): Promise<TrackedBlob>;
  blob(id: number): Promise<TrackedBlob>;
}

/** Runs by condition, and what a search reads of them beyond what others read. */
export interface TrackedSearch {
  /** Runs the condition may want, in the order of the search; what it cannot tell is for the caller to find out. */
  candidates(search: RunSearch): Promise<FoundRun[]>;
  /** Objects of a series at steps spread evenly over those it has, first and last among them. */
  sampleObjects(seriesId: number, count: number, range?: PointRange): Promise<TrackedObject[]>;
}

/** What the worker does now and then, in small pieces; each answers how much there was to do. */
export interface TrackedUpkeep {
  /** Folds rows of so many series into chunks and repairs statistics. */
  compact(limit: number): Promise<number>;
  /** Runs whose client fell silent are `lost`: after 30 minutes where it has a socket, elsewhere when its project says so. */
  sweepLost(): Promise<number>;
  /** Takes so many deleted runs away with all that is theirs. */
  purge(limit: number): Promise<number>;
  /** Stones after a week, hashes of batches and keys after a day, files deleted a week ago. */
  sweepRest(): Promise<number>;
  /** Bytes that nobody has referred to for a day. */
  sweepBlobs(): Promise<number>;
  /** Files of logged bytes that no row names, written at least so long ago (a day when absent): a crash came between file and row. */
  sweepOrphans(ageMs?: number): Promise<number>;
  /** Copies points of so many trainings from before their runs were tracked; each is copied once and whole. */
  copyOldPoints(limit: number): Promise<number>;
}
