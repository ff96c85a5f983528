import type * as Sinks from '../sink.js';
import type { Leaves } from '../values/flatten.js';

/** Writes to a folder and to a server; reads come from the folder, which knows everything this process wrote. */
export class BothSinks implements Sinks.Sink {
  constructor(
    private readonly local: Sinks.Sink,
    private readonly remote: Sinks.Sink,
  ) {}

  async open(opening: Sinks.Opening): Promise<void> {
    await Promise.all([this.local.open(opening), this.remote.open(opening)]);
  }
  get writeProtected(): boolean {
    return this.local.writeProtected || this.remote.writeProtected;
  }
  get id(): string | undefined {
    return this.remote.id;
  }
  get data(): Readonly<Record<string, unknown>> | undefined {
    return this.remote.data;
  }

  params(leaves: Leaves): void {
    this.each((sink) => sink.params(leaves));
  }
  log(line: Sinks.LogLine): void {
    this.each((sink) => sink.log(line));
  }
  row(metric: string | null, row: Sinks.Row, about: Sinks.MetricAbout): void {
    this.each((sink) => sink.row(metric, row, about));
  }
  entry(topic: string, entry: Sinks.Entry): void {
    this.each((sink) => sink.entry(topic, entry));
  }
  status(status: Sinks.Status): void {
    this.each((sink) => sink.status(status));
  }
  async flush(timeoutMs?: number): Promise<Sinks.Flushed> {
    const [local, remote] = await Promise.all([this.local.flush(), this.remote.flush(timeoutMs)]);
    return { waiting: Math.max(local.waiting, remote.waiting) };
  }
  rescue(): void {
    this.each((sink) => sink.rescue());
  }
  async close(): Promise<void> {
    await Promise.all([this.local.close(), this.remote.close()]);
  }
  private each(write: (sink: Sinks.Sink) => void): void {
    write(this.local);
    write(this.remote);
  }

  readParams(): Promise<Leaves> {
    return this.local.readParams();
  }
  readRows(metric: string | null, start: number, limit: number): Promise<Sinks.RowsPage> {
    return this.local.readRows(metric, start, limit);
  }
  stats(metric: string | null): Promise<Sinks.MetricStats> {
    return this.local.stats(metric);
  }
  metrics(): Promise<Sinks.MetricSummary[]> {
    return this.local.metrics();
  }
  readTrack(topic: string, range: Sinks.TrackRange): Promise<Sinks.Entry[]> {
    return this.local.readTrack(topic, range);
  }
  tracks(): Promise<Sinks.TrackSummary[]> {
    return this.local.tracks();
  }

  async saveFile(file: Sinks.NewFile): Promise<Sinks.FileEntry> {
    const entry = await this.local.saveFile(file);
    await this.remote.saveFile(file);
    return entry;
  }
  files(): Promise<Sinks.FileEntry[]> {
    return this.local.files();
  }
  fetchFile(entry: Sinks.FileEntry, destination: string): Promise<void> {
    return this.local.fetchFile(entry, destination);
  }
  async changeFile(entry: Sinks.FileEntry, about: Sinks.FileAbout): Promise<Sinks.FileEntry> {
    const twin = await this.twinOf(entry);
    if (twin) await this.remote.changeFile(twin, about);
    return this.local.changeFile(entry, about);
  }
  async removeFile(entry: Sinks.FileEntry): Promise<{ readonly id: string; readonly deletedAt: string }> {
    const twin = await this.twinOf(entry);
    if (twin) await this.remote.removeFile(twin);
    return this.local.removeFile(entry);
  }

  /** The same file at the server, which gave it an id of its own. */
  private async twinOf({ path, filename }: Sinks.FileEntry): Promise<Sinks.FileEntry | undefined> {
    const files = await this.remote.files();
    return files.find((file) => file.path === path && file.filename === filename);
  }
}
