import { createFiles, type Files } from '../files/files.js';
import { LocalSink } from '../local/local-sink.js';
import { createMetrics, type Metrics } from '../metrics/metrics.js';
import { RemoteSink } from '../remote/remote-sink.js';
import { readSettings, type Settings } from '../settings.js';
import type { Flushed, Opening, Sink, Status } from '../sink.js';
import { plainRecord } from '../values/plain.js';
import { BothSinks } from './both.js';
import { guardExit, releaseExit } from './exit.js';
import { createLogs, type Log, type Logs } from './logs.js';
import { Params } from './params.js';
import { DEFAULT_PREFIX, parsePrefix, type Prefix, runValues } from './prefix.js';
import { createRunControl, type RunControl } from './run-control.js';
import { Timestamps } from './timestamps.js';
import { createTracks, type Tracks } from './tracks.js';

/** How an experiment is made. */
export interface ExperimentOptions {
  /** `owner/project/folder…/name`; `{EXP.id}`, `{EXP.date}` and the like are filled in. `ML_DASH_PREFIX` when absent. */
  readonly prefix?: string;
  readonly readme?: string;
  readonly tags?: readonly string[];
  readonly bindrs?: readonly string[];
  readonly metadata?: Readonly<Record<string, unknown>>;
  /** The server; true for the one `ML_DASH_API_URL` names. Without it nothing leaves the disk. */
  readonly dashUrl?: string | boolean | null;
  /** The folder, `.dash` when absent; null to write to the server only. */
  readonly dashRoot?: string | null;
  /** Instead of the token found in `~/.dash` or the environment. */
  readonly token?: string;
  /** Whether log lines are printed too; they are when absent. */
  readonly echo?: boolean;
  readonly dash_url?: string | boolean | null;
  readonly dash_root?: string | null;
}

/** Where an experiment writes. */
export type Mode = 'local' | 'remote' | 'hybrid';

/** One experiment: its parameters, logs, metrics, files and tracks, in a folder, at a server, or both. */
export class Experiment {
  readonly run: RunControl;
  readonly params: Params;
  readonly log: Log;
  readonly logs: Logs;
  readonly metrics: Metrics;
  readonly files: Files;
  readonly tracks: Tracks;
  readonly mode: Mode;
  private readonly place: Prefix;
  private readonly sink: Sink;
  private readonly about: Omit<Opening, 'prefix'>;
  private state: Status | undefined;
  private opening: Promise<Experiment> | undefined;

  constructor(given: string | ExperimentOptions = {}, further: ExperimentOptions = {}) {
    const options = typeof given === 'string' ? { ...further, prefix: given } : given;
    const settings = readSettings();
    const values = runValues(settings);
    this.place = parsePrefix(options.prefix ?? settings.prefix ?? DEFAULT_PREFIX, values);
    this.about = aboutOf(options);
    const { sink, mode } = sinkOf(options, settings);
    this.sink = sink;
    this.mode = mode;
    const open = (): Sink => this.opened();
    const writable = (): Sink => this.writable();
    const timestamps = new Timestamps();
    this.params = new Params(writable, open);
    ({ log: this.log, logs: this.logs } = createLogs(writable, options.echo ?? true));
    this.metrics = createMetrics({ writable, open, timestamps });
    this.files = createFiles({ writable, open });
    this.tracks = createTracks(writable, open, new Timestamps());
    this.run = createRunControl({
      experiment: this,
      values,
      status: () => this.state,
      start: () => this.start(),
      end: (status) => this.end(status),
    });
  }

  get prefix(): string {
    return this.place.text;
  }
  get owner(): string {
    return this.place.owner;
  }
  get project(): string {
    return this.place.project;
  }
  get folder(): string {
    return this.place.folder;
  }
  get name(): string {
    return this.place.name;
  }
  get readme(): string | undefined {
    return this.about.readme;
  }
  get tags(): readonly string[] {
    return this.about.tags ?? [];
  }
  get bindrs(): readonly string[] {
    return this.about.bindrs ?? [];
  }
  get metadata(): Readonly<Record<string, unknown>> | undefined {
    return this.about.metadata;
  }
  /** The server's id, once it has answered. */
  get id(): string | undefined {
    return this.sink.id;
  }
  /** What the server says of it, once it has answered. */
  get data(): Readonly<Record<string, unknown>> | undefined {
    return this.sink.data;
  }

  /**
   * Writes out everything logged so far and waits for the server, at most `timeoutMs` (`ML_DASH_FLUSH_TIMEOUT`, 30 s): what it did not take by then
   * waits on disk.
   */
  flush({ timeoutMs }: { readonly timeoutMs?: number } = {}): Promise<Flushed> {
    return this.opened().flush(timeoutMs);
  }

  private start(): Promise<Experiment> {
    if (this.state === 'RUNNING') return this.opening!;
    this.state = 'RUNNING';
    guardExit(this, this.sink, (status) => this.end(status));
    const opened = this.sink.open({ ...this.about, prefix: this.place });
    this.opening = opened.then(
      () => this,
      (error: unknown) => {
        this.state = undefined;
        releaseExit(this);
        throw error;
      },
    );
    // Whoever does not wait learns it from the next call.
    this.opening.catch(() => undefined);
    return this.opening;
  }

  private async end(status: Exclude<Status, 'RUNNING'>): Promise<void> {
    const sink = this.opened();
    await this.opening;
    sink.status(status);
    this.state = status;
    try {
      await sink.close();
    } finally {
      releaseExit(this);
    }
  }

  private opened(): Sink {
    if (this.state === 'RUNNING') return this.sink;
    const ended = this.state === undefined ? 'has not started' : `is ${this.state}`;
    throw new Error(
      `The experiment ${ended}: work inside await exp.run(async (exp) => …), or call exp.run.start() first`,
    );
  }

  private writable(): Sink {
    const sink = this.opened();
    if (sink.writeProtected) throw new Error(`${this.prefix} is write-protected and takes no changes`);
    return sink;
  }
}

function aboutOf({ readme, tags, bindrs, metadata }: ExperimentOptions): Omit<Opening, 'prefix'> {
  return {
    ...(readme === undefined ? {} : { readme }),
    ...(tags === undefined ? {} : { tags: [...tags] }),
    ...(bindrs === undefined ? {} : { bindrs: [...bindrs] }),
    ...(metadata === undefined ? {} : { metadata: plainRecord(metadata) }),
  };
}

function sinkOf(options: ExperimentOptions, settings: Settings): { sink: Sink; mode: Mode } {
  const asked = options.dashUrl ?? options.dash_url;
  const url = asked === true ? settings.serverUrl : asked || undefined;
  const root = options.dashRoot === undefined ? options.dash_root : options.dashRoot;
  const folder = root === undefined ? '.dash' : root;
  if (url === undefined) return { sink: new LocalSink(folder ?? '.dash'), mode: 'local' };
  const remote = new RemoteSink({ url, settings, ...(options.token === undefined ? {} : { token: options.token }) });
  if (folder === null) return { sink: remote, mode: 'remote' };
  return { sink: new BothSinks(new LocalSink(folder), remote), mode: 'hybrid' };
}
