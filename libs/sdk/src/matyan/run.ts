import { createHash, randomBytes } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';

import { micros } from '../clock.js';
import { completeAtEnd, guardExit, releaseExit } from '../experiment/exit.js';
import { contentTypeOf } from '../files/bytes.js';
import { segmentsOf } from '../local/safe-name.js';
import { Api } from '../remote/api.js';
import { readSettings } from '../settings.js';
import type { Flushed } from '../sink.js';
import { alsoSnake } from '../snake.js';
import { plainOf, plainRecord } from '../values/plain.js';
import { captureTerminal } from './capture-terminal.js';
import { isMedia, type Media } from './media.js';
import { contextKey, valueAt } from './run-info.js';
import { RunReader } from './run-reader.js';
import { orUndefined, RunWriter } from './run-writer.js';
import { systemParams, trackSystem } from './system.js';

/** How a run is opened. */
export interface RunOptions {
  /** An existing run; a new one when absent. */
  readonly runHash?: string;
  /** The server; `MATYAN_BACKEND_URL` when absent. */
  readonly repo?: string;
  /** Where it is written to, when that is another server. */
  readonly frontierUrl?: string;
  readonly readOnly?: boolean;
  readonly experiment?: string;
  /** Goes on with a run that ended. */
  readonly forceResume?: boolean;
  /** Seconds between samples of processor and memory; none when absent. */
  readonly systemTrackingInterval?: number | null;
  readonly logSystemParams?: boolean;
  /** What the process prints is kept with the run; it is when absent. */
  readonly captureTerminalLogs?: boolean;
  readonly token?: string;
}
/** Where a value belongs. */
export interface TrackOptions {
  readonly name?: string;
  readonly step?: number | null;
  readonly epoch?: number | null;
  readonly context?: Readonly<Record<string, unknown>> | null;
}

/** One run in the words of Aim: parameters by key, values by name, step and context, files, logs, tags. */
export class Run extends RunReader {
  private readonly writer: RunWriter | undefined;
  private readonly written = new Map<string, unknown>();
  private readonly steps = new Map<string, number>();
  private readonly said: { name?: string; description?: string; experiment?: string; archived?: boolean } = {};
  private readonly stops: (() => void)[] = [];
  private readonly resumed: boolean;
  private open = true;

  constructor(given: RunOptions | string = {}) {
    const options = typeof given === 'string' ? { runHash: given } : given;
    const settings = readSettings();
    const token = options.token === undefined ? {} : { token: options.token };
    const hash = options.runHash ?? randomBytes(16).toString('hex');
    if (!/^[A-Za-z0-9._-]{1,128}$/.test(hash)) throw new RangeError(`${JSON.stringify(hash)} is no name of a run`);
    super(hash, new Api({ url: options.repo ?? settings.backendUrl, settings, ...token }));
    this.resumed = options.runHash !== undefined;
    if (options.readOnly) return;
    const frontier = new Api({ url: options.frontierUrl ?? options.repo ?? settings.frontierUrl, settings, ...token });
    const writer = new RunWriter(frontier, this.hash, settings);
    this.writer = writer;
    writer.send({ type: 'create_run', client_datetime: now(), force_resume: options.forceResume ?? false });
    if (options.experiment !== undefined) this.experiment = options.experiment;
    if (options.logSystemParams) this.set('__system_params', systemParams());
    if (options.captureTerminalLogs ?? true)
      this.stops.push(captureTerminal((line, step) => writer.send({ type: 'log_terminal_line', line, step })));
    if (options.systemTrackingInterval) this.stops.push(trackSystem(this, options.systemTrackingInterval));
    completeAtEnd(this);
    guardExit(this, { flush: (ms) => writer.flush(ms), rescue: () => writer.rescue(), status: () => undefined }, () =>
      this.close(),
    );
  }

  /** Until `close()`. */
  get active(): boolean {
    return this.open && this.writer !== undefined;
  }
  get name(): string | undefined {
    return this.said.name;
  }
  set name(name: string | undefined) {
    if (name !== undefined) this.say({ name });
  }
  get description(): string | undefined {
    return this.said.description;
  }
  set description(description: string | undefined) {
    if (description !== undefined) this.say({ description });
  }
  get experiment(): string | undefined {
    return this.said.experiment;
  }
  set experiment(experiment: string | undefined) {
    if (experiment !== undefined) this.say({ experiment });
  }
  get archived(): boolean {
    return this.said.archived ?? false;
  }
  set archived(archived: boolean) {
    this.say({ archived });
  }

  /** Sets a parameter by dotted key; what was at that place is replaced. */
  set(key: string, value: unknown): void {
    const plain = plainOf(value);
    if (key === '' || plain === undefined) throw new TypeError('A parameter has a key and a value that JSON can hold');
    const nested = key.split('.').reduceRight<unknown>((inner, part) => Object.fromEntries([[part, inner]]), plain);
    this.send({ type: 'log_hparams', value: nested });
    this.written.set(key, plain);
  }

  /** A parameter this run wrote, or the server has; `otherwise` when nobody does. */
  async get(key: string, otherwise?: unknown): Promise<unknown> {
    if (this.written.has(key)) return this.written.get(key);
    const info = await orUndefined(this.info());
    return valueAt(info?.params, key) ?? valueAt(nestedOf(this.written), key) ?? otherwise;
  }

  /** Forgets what was written here; the server keeps it. */
  delete(key: string): void {
    this.written.delete(key);
  }

  /** Logs a number, an `Image`, `Audio`, `Text`, `Distribution`, `Figure`, or a list of one kind. Without a step they count up. */
  track(value: unknown, given: string | TrackOptions, further: TrackOptions = {}): void {
    const options = typeof given === 'string' ? { ...further, name: given } : given;
    const { name, epoch = null, context = null } = options;
    if (name === undefined || name === '') throw new TypeError('What is tracked needs a name');
    const place = {
      name,
      step: this.stepOf(name, options),
      epoch,
      context: context && plainRecord(context),
      client_datetime: now(),
    };
    if (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean')
      this.send({ type: 'log_metric', value: Number(value), dtype: null, ...place });
    else this.trackMedia(Array.isArray(value) ? value : [value], place);
  }

  logDebug(message: string, fields: object = {}): void {
    this.record(10, message, fields);
  }
  logInfo(message: string, fields: object = {}): void {
    this.record(20, message, fields);
  }
  logWarning(message: string, fields: object = {}): void {
    this.record(30, message, fields);
  }
  logError(message: string, fields: object = {}): void {
    this.record(40, message, fields);
  }

  addTag(tag: string): void {
    this.send({ type: 'add_tag', tag_name: tag });
  }
  removeTag(tag: string): void {
    this.send({ type: 'remove_tag', tag_name: tag });
  }

  /** Uploads a file under a name, its own when absent. */
  logArtifact(path: string, name = basename(path)): void {
    const place = segmentsOf(name).join('/');
    const contentType = contentTypeOf(place);
    this.writable().upload(place, contentType, path, {
      type: 'blob_ref',
      artifact_path: place,
      content_type: contentType,
    });
  }
  /** Uploads every file of a folder, each under its path in it. */
  logArtifacts(folder: string, name = ''): void {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile())
        this.logArtifact(path, [name, ...relative(folder, path).split(sep)].filter(Boolean).join('/'));
    }
  }

  protected override async settled(): Promise<void> {
    if (this.open) await this.writer?.flush();
  }

  /** Sends what waits. */
  flush({ timeoutMs }: { readonly timeoutMs?: number } = {}): Promise<Flushed> {
    return this.writable().flush(timeoutMs);
  }

  /** Ends the run; calling it again does nothing. */
  async close(): Promise<void> {
    if (!this.open) return;
    this.open = false;
    for (const stop of this.stops) stop();
    if (!this.writer) return;
    this.writer.finish({ type: 'finish_run' });
    await this.writer.close();
    releaseExit(this);
  }

  override toString(): string {
    return `Run(${this.hash}${this.experiment === undefined ? '' : `, ${this.experiment}`})`;
  }

  declare readonly add_tag: Run['addTag'];
  declare readonly remove_tag: Run['removeTag'];
  declare readonly log_info: Run['logInfo'];
  declare readonly log_debug: Run['logDebug'];
  declare readonly log_warning: Run['logWarning'];
  declare readonly log_error: Run['logError'];
  declare readonly log_artifact: Run['logArtifact'];
  declare readonly log_artifacts: Run['logArtifacts'];

  private say(property: Run['said']): void {
    this.send({ type: 'set_run_property', ...property });
    Object.assign(this.said, property);
  }

  /** A run of our own knows its steps; of one that goes on the server does. */
  private stepOf(name: string, { step, context }: TrackOptions): number | null {
    if (step !== undefined && step !== null && !Number.isInteger(step))
      throw new RangeError('A step is a whole number');
    const key = `${name} ${contextKey(context)}`;
    const next = this.steps.get(key);
    const chosen = step ?? next ?? (this.resumed ? null : 0);
    if (chosen !== null) this.steps.set(key, Math.max(next ?? 0, chosen + 1));
    return chosen;
  }

  private trackMedia(values: readonly unknown[], place: object): void {
    const [first] = values;
    if (!values.every(isMedia) || !isMedia(first) || !values.every(({ kind }) => kind === first.kind))
      throw new TypeError(
        'Tracked are numbers, and Image, Audio, Text, Distribution, Figure, or a list of one kind of them',
      );
    const media: readonly Media[] = values;
    const message = { type: 'log_custom_object', dtype: first.kind, ...place };
    if (!first.bytes) {
      this.send({ ...message, value: one(media.map((item) => item.describe())) });
      return;
    }
    if (media.length > 1) {
      // Several in one step go with their bytes: the protocol names one upload at a time.
      const value = media.map((item) => ({ ...item.describe(), data: Buffer.from(item.bytes!).toString('base64') }));
      this.send({ ...message, value });
      return;
    }
    const checksum = createHash('sha256').update(first.bytes).digest('hex');
    const path = `seq/${first.kind}/${checksum}`;
    this.writable().upload(path, first.contentType ?? 'application/octet-stream', first.bytes, {
      ...message,
      value: first.describe(),
    });
  }

  private record(level: number, message: string, fields: object): void {
    this.send({
      type: 'log_record',
      message,
      level,
      timestamp: micros() / 1e6,
      logger_info: null,
      extra_args: plainRecord(fields),
    });
  }

  private send(message: { readonly type: string; readonly [field: string]: unknown }): void {
    this.writable().send(message);
  }

  private writable(): RunWriter {
    if (!this.writer) throw new Error(`Run ${this.hash} was opened to be read only`);
    if (!this.open) throw new Error(`Run ${this.hash} is closed`);
    return this.writer;
  }
}

alsoSnake(Run);

const now = (): string => new Date().toISOString();
const one = (values: readonly object[]): object | readonly object[] => (values.length === 1 ? values[0]! : values);

/** What was written, as one tree. */
function nestedOf(written: ReadonlyMap<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(written);
}
