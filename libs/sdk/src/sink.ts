import type { Level } from './experiment/levels.js';
import type { Prefix } from './experiment/prefix.js';
import type { Leaves } from './values/flatten.js';
import type { Plain } from './values/plain.js';

/** How an experiment stands. */
export type Status = 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELLED';

/** What an experiment is opened with. */
export interface Opening {
  readonly prefix: Prefix;
  readonly readme?: string;
  readonly tags?: readonly string[];
  readonly bindrs?: readonly string[];
  readonly metadata?: Readonly<Record<string, Plain>>;
}

/** One log line. */
export interface LogLine {
  readonly timestamp: string;
  readonly level: Level;
  readonly message: string;
  readonly metadata?: Readonly<Record<string, Plain>>;
}

/** The values of one row of a metric; `_ts` is its time in seconds. */
export type Row = Readonly<Record<string, Plain>>;

/** What may be said of a metric when it is first named. */
export interface MetricAbout {
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly metadata?: Readonly<Record<string, Plain>>;
}

/** Rows as they were stored. */
export interface RowsPage {
  readonly data: readonly { readonly index: number; readonly data: Row; readonly createdAt: string }[];
  readonly startIndex: number;
  readonly endIndex: number;
  /** How many rows this page holds. */
  readonly total: number;
  readonly hasMore: boolean;
}

/** What is known of a metric without reading it; counts are text where the Python client answers text. */
export interface MetricStats {
  readonly metricId: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly metadata: unknown;
  readonly totalDataPoints: string;
  readonly bufferedDataPoints: string;
  readonly chunkedDataPoints: string;
  readonly totalChunks: number;
  readonly chunkSize: number;
  readonly firstDataAt: string | null;
  readonly lastDataAt: string | null;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly count: number;
  /** The first row; of a metric with one field its value. Null while there is none. */
  readonly firstValue: Plain;
  readonly lastValue: Plain;
}

/** One line of a list of metrics. */
export interface MetricSummary {
  readonly metricId: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly totalDataPoints: string;
  readonly createdAt: string;
}

/** An entry of a track. */
export type Entry = Readonly<Record<string, Plain>> & { readonly timestamp: number };

/** One line of a list of tracks. */
export interface TrackSummary {
  readonly topic: string;
  readonly totalEntries: number;
  readonly columns: readonly string[];
  readonly firstTimestamp: number | null;
  readonly lastTimestamp: number | null;
}

/** Which entries of a track; both ends belong to it. */
export interface TrackRange {
  readonly start?: number;
  readonly end?: number;
  readonly columns?: readonly string[];
}

/** What is said of a file. */
export interface FileAbout {
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly bindrs?: readonly string[];
  readonly metadata?: Readonly<Record<string, Plain>>;
}

/** A file to keep: where its bytes are now, and the place it is to have. */
export interface NewFile extends FileAbout {
  readonly source: string;
  /** Folder inside the experiment, `/` or `/models/best`. */
  readonly path: string;
  readonly filename: string;
  readonly contentType: string;
}

/** A file of an experiment. */
export interface FileEntry {
  readonly id: string;
  readonly experimentId: string;
  readonly path: string;
  readonly filename: string;
  readonly description: string | null;
  readonly tags: readonly string[];
  readonly bindrs: readonly string[];
  readonly contentType: string;
  readonly sizeBytes: number;
  /** SHA-256, hexadecimal. */
  readonly checksum: string;
  readonly metadata: unknown;
  readonly uploadedAt: string;
  readonly updatedAt: string;
  readonly deletedAt: string | null;
  /** Present while the file waits to be sent; it has no id of its own yet. */
  readonly status?: 'queued';
}

/** What a flush left undone. */
export interface Flushed {
  /** Items that wait on disk for a server that is away. */
  readonly waiting: number;
}

/**
 * Where an experiment writes: a folder, a server, or both. Writes return at once and never throw for what the disk or the line does;
 * reads see everything written before them.
 */
export interface Sink {
  open(opening: Opening): Promise<void>;
  /** Somebody closed this run against writing. */
  readonly writeProtected: boolean;
  readonly id: string | undefined;
  readonly data: Readonly<Record<string, unknown>> | undefined;
  params(leaves: Leaves): void;
  log(line: LogLine): void;
  row(metric: string | null, row: Row, about: MetricAbout): void;
  entry(topic: string, entry: Entry): void;
  status(status: Status): void;
  /** Writes out what waits. */
  flush(timeoutMs?: number): Promise<Flushed>;
  /** The same without waiting for anybody: what is not on its way is put on disk. Used while the process ends. */
  rescue(): void;
  close(): Promise<void>;

  readParams(): Promise<Leaves>;
  readRows(metric: string | null, start: number, limit: number): Promise<RowsPage>;
  /** @throws Error when there is no such metric. */
  stats(metric: string | null): Promise<MetricStats>;
  metrics(): Promise<MetricSummary[]>;
  readTrack(topic: string, range: TrackRange): Promise<Entry[]>;
  tracks(): Promise<TrackSummary[]>;

  saveFile(file: NewFile): Promise<FileEntry>;
  files(): Promise<FileEntry[]>;
  /** Writes the bytes of a file to a place on disk. @throws Error when there is no such file, or its checksum differs. */
  fetchFile(entry: FileEntry, destination: string): Promise<void>;
  changeFile(entry: FileEntry, about: FileAbout): Promise<FileEntry>;
  removeFile(entry: FileEntry): Promise<{ readonly id: string; readonly deletedAt: string }>;
}
