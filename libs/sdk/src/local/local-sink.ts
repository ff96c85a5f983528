import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

import type * as Sinks from '../sink.js';
import type { Leaves } from '../values/flatten.js';
import { tell } from '../tell.js';
import { changeFile, fetchFile, listFiles, removeFile, saveFile } from './local-files.js';
import { appendLogs } from './local-logs.js';
import { appendRows, listMetrics, readRows, readStats } from './local-metrics.js';
import { type LocalRun, mergeParams, openRun, readParams, setRunStatus } from './local-run.js';
import { appendEntries, listTracks, readEntries } from './local-tracks.js';
import { segmentsOf } from './safe-name.js';

/** Writes wait this long for others to join them; a killed process loses no more than that. */
const GATHER_MS = 100;
const GATHER_ITEMS = 1000;

/** A run in a folder, in the layout of the Python client. */
export class LocalSink implements Sinks.Sink {
  readonly id = undefined;
  readonly data = undefined;
  private folder = '';
  private run: LocalRun | undefined;
  private logs: Sinks.LogLine[] = [];
  private readonly rows = new Map<string | null, { rows: Sinks.Row[]; about: Sinks.MetricAbout }>();
  private readonly entries = new Map<string, Sinks.Entry[]>();
  private waiting = 0;
  private written = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly root: string) {}

  async open(opening: Sinks.Opening): Promise<void> {
    this.folder = join(resolve(this.root), ...segmentsOf(opening.prefix.text));
    mkdirSync(this.folder, { recursive: true });
    this.run = openRun(this.folder, opening);
    await Promise.resolve();
  }

  get writeProtected(): boolean {
    return this.run?.write_protected ?? false;
  }

  params(leaves: Leaves): void {
    this.attempt(() => mergeParams(this.folder, leaves));
  }

  log(line: Sinks.LogLine): void {
    this.logs.push(line);
    this.gather();
  }

  row(metric: string | null, row: Sinks.Row, about: Sinks.MetricAbout): void {
    const there = this.rows.get(metric);
    if (there) there.rows.push(row);
    else this.rows.set(metric, { rows: [row], about });
    this.gather();
  }

  entry(topic: string, entry: Sinks.Entry): void {
    const there = this.entries.get(topic);
    if (there) there.push(entry);
    else this.entries.set(topic, [entry]);
    this.gather();
  }

  status(status: Sinks.Status): void {
    if (this.writeProtected) return;
    this.attempt(() => setRunStatus(this.folder, status));
  }

  flush(): Promise<Sinks.Flushed> {
    this.writeOut();
    return Promise.resolve({ waiting: this.waiting });
  }

  rescue(): void {
    this.writeOut();
  }

  close(): Promise<void> {
    this.writeOut();
    clearTimeout(this.timer);
    if (this.waiting > 0)
      return Promise.reject(new Error(`${this.waiting} items could not be written to ${this.folder}`));
    return Promise.resolve();
  }

  /** A loop that never lets timers run writes here all the same. */
  private gather(): void {
    this.waiting += 1;
    const moment = performance.now();
    if (this.waiting === 1) this.written = moment;
    if (this.waiting >= GATHER_ITEMS || moment - this.written >= GATHER_MS) this.writeOut();
    else this.timer ??= setTimeout(() => this.writeOut(), GATHER_MS).unref();
  }

  /** What the disk refuses stays in memory and is tried again with what comes next. */
  private writeOut(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.written = performance.now();
    const logs = this.logs;
    if (logs.length > 0 && this.attempt(() => appendLogs(this.folder, logs))) {
      this.logs = [];
      this.waiting -= logs.length;
    }
    for (const [metric, { rows, about }] of this.rows)
      if (this.attempt(() => appendRows(this.folder, metric, rows, about))) {
        this.rows.delete(metric);
        this.waiting -= rows.length;
      }
    for (const [topic, entries] of this.entries)
      if (this.attempt(() => appendEntries(this.folder, topic, entries))) {
        this.entries.delete(topic);
        this.waiting -= entries.length;
      }
  }

  private attempt(write: () => void): boolean {
    try {
      write();
      return true;
    } catch (error) {
      tell(`${this.folder} takes no writes now`, error);
      return false;
    }
  }

  readParams(): Promise<Leaves> {
    return Promise.resolve(readParams(this.folder));
  }
  readRows(metric: string | null, start: number, limit: number): Promise<Sinks.RowsPage> {
    this.writeOut();
    return readRows(this.folder, metric, start, limit);
  }
  stats(metric: string | null): Promise<Sinks.MetricStats> {
    this.writeOut();
    return readStats(this.folder, metric);
  }
  metrics(): Promise<Sinks.MetricSummary[]> {
    this.writeOut();
    return Promise.resolve(listMetrics(this.folder));
  }
  readTrack(topic: string, range: Sinks.TrackRange): Promise<Sinks.Entry[]> {
    this.writeOut();
    return readEntries(this.folder, topic, range);
  }
  tracks(): Promise<Sinks.TrackSummary[]> {
    this.writeOut();
    return Promise.resolve(listTracks(this.folder));
  }
  saveFile(file: Sinks.NewFile): Promise<Sinks.FileEntry> {
    return saveFile(this.folder, `${this.run!.project}/${this.run!.prefix}`, file);
  }
  files(): Promise<Sinks.FileEntry[]> {
    return Promise.resolve(listFiles(this.folder));
  }
  fetchFile({ id }: Sinks.FileEntry, destination: string): Promise<void> {
    return fetchFile(this.folder, id, destination);
  }
  async changeFile({ id }: Sinks.FileEntry, about: Sinks.FileAbout): Promise<Sinks.FileEntry> {
    return Promise.resolve(changeFile(this.folder, id, about));
  }
  async removeFile({ id }: Sinks.FileEntry): Promise<{ id: string; deletedAt: string }> {
    return Promise.resolve(removeFile(this.folder, id));
  }
}
