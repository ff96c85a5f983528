import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { HttpError } from '#client';

import { copyHashed } from '../files/bytes.js';
import { valueOf } from '../metrics/first-and-last.js';
import type { Settings } from '../settings.js';
import type * as Sinks from '../sink.js';
import { tell } from '../tell.js';
import type { Leaves } from '../values/flatten.js';
import { snowflake } from '../values/snowflake.js';
import { Api, type ApiOptions } from './api.js';
import { Connection } from './connection.js';
import { Gatherer } from './gatherer.js';
import type { RemoteRun } from './open-remote-run.js';
import { Outbox } from './outbox.js';
import { STATUS_LANE } from './parcel.js';
import { downloadFile, fieldsOf, listRemoteFiles } from './remote-files.js';
import { sendBeside, takeOver } from './send-waiting.js';
import { spoolFolder } from './spool.js';

/** A run that begins waits no longer for a server that takes the call and says nothing. */
const OPEN_MS = 10_000;

/** A run at a server. Writes are gathered and leave in the background; nothing is lost while the server is away. */
export class RemoteSink implements Sinks.Sink {
  private readonly api: Api;
  private readonly settings: Settings;
  private connection: Connection | undefined;
  private outbox: Outbox | undefined;
  private gatherer: Gatherer | undefined;
  private timer: NodeJS.Timeout | undefined;

  constructor(options: ApiOptions) {
    this.settings = options.settings;
    this.api = new Api(options);
  }

  /** @throws Error when the server refuses; one that is away is waited for in the background. */
  async open(opening: Sinks.Opening): Promise<void> {
    const folder = spoolFolder(this.settings.home, this.api.url, opening.prefix.text);
    const connection = new Connection(this.api, opening, folder);
    const outbox = new Outbox(connection, this.settings);
    this.connection = connection;
    this.outbox = outbox;
    this.gatherer = new Gatherer(this.settings, (parcel) => outbox.add(parcel));
    // The run begins anew: how an earlier process left it is no longer true.
    for (const { parcels } of takeOver(folder))
      for (const kept of parcels)
        if (kept.lane === STATUS_LANE) kept.place.file.sent(kept.place);
        else outbox.addKept(kept);
    try {
      if (await isOpenWithin(connection.open(), Math.min(this.settings.flushTimeoutMs, OPEN_MS)))
        sendBeside(this.api, this.settings);
      else tell(`${this.api.url} does not answer; what is logged waits for it`);
    } catch (error) {
      const refused = error instanceof HttpError && error.status < 500 && error.status !== 429;
      if (!refused) tell(`${this.api.url} does not answer; what is logged waits for it`, error);
      else {
        outbox.stop();
        throw new Error(refusalOf(this.api.url, error), { cause: error });
      }
    }
  }

  readonly writeProtected = false;
  get id(): string | undefined {
    return this.connection?.run?.experimentId;
  }
  get data(): Readonly<Record<string, unknown>> | undefined {
    return this.connection?.run?.data;
  }

  params(leaves: Leaves): void {
    this.gatherer!.params(leaves);
    this.gathered();
  }
  log(line: Sinks.LogLine): void {
    this.gatherer!.log(line);
    this.gathered();
  }
  row(metric: string | null, row: Sinks.Row, about: Sinks.MetricAbout): void {
    this.gatherer!.row(metric, row, about);
    this.gathered();
  }
  entry(topic: string, entry: Sinks.Entry): void {
    this.gatherer!.entry(topic, entry);
    this.gathered();
  }
  status(status: Sinks.Status): void {
    this.gatherer!.seal();
    const body = JSON.stringify({ status });
    this.outbox!.add({ lane: STATUS_LANE, items: 1, method: 'PATCH', path: '/nodes/{node}', body });
  }

  /** What was gathered leaves after a while, or when it has become much. */
  private gathered(): void {
    if (this.gatherer!.count >= this.settings.queueLimit / 2) this.gatherer!.seal();
    else
      this.timer ??= setTimeout(() => {
        this.timer = undefined;
        this.gatherer!.seal();
      }, this.settings.flushIntervalMs).unref();
  }

  async flush(timeoutMs = this.settings.flushTimeoutMs): Promise<Sinks.Flushed> {
    this.gatherer!.seal();
    if (!(await this.outbox!.settle(timeoutMs))) this.outbox!.spill();
    return { waiting: this.outbox!.waiting };
  }

  rescue(): void {
    this.gatherer!.seal();
    this.outbox!.spill();
  }

  async close(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { waiting } = await this.flush();
    if (waiting === 0) return;
    tell(
      `${waiting} items wait in ${this.connection!.folder} for ${this.api.url}; the next run of this name sends them, or sendWaiting()`,
    );
    this.outbox!.stop();
  }

  /** The run, after everything written so far has arrived. @throws Error when the server is away. */
  private async settled(): Promise<RemoteRun> {
    this.gatherer!.seal();
    const arrived = await this.outbox!.settle(this.settings.flushTimeoutMs);
    if (!arrived) throw new Error(`${this.api.url} is away; what was logged is kept, but cannot be read now`);
    return this.connection!.open();
  }

  async readParams(): Promise<Leaves> {
    const { experimentId } = await this.settled();
    const answer = await orNothing(this.api.get<{ data: Leaves }>(`/experiments/${experimentId}/parameters`));
    return answer?.data ?? {};
  }
  async readRows(metric: string | null, startIndex: number, limit: number): Promise<Sinks.RowsPage> {
    const { experimentId } = await this.settled();
    const path = `/experiments/${experimentId}/metrics/${nameInPath(metric)}/data`;
    const page = await orNothing(this.api.get<WirePage>(path, { startIndex, limit }));
    if (!page) return { data: [], startIndex, endIndex: startIndex - 1, total: 0, hasMore: false };
    const data = page.data.map((row) => ({ ...row, index: Number(row.index) }));
    return { data, startIndex, endIndex: startIndex + data.length - 1, total: data.length, hasMore: page.hasMore };
  }
  async stats(metric: string | null): Promise<Sinks.MetricStats> {
    const { experimentId } = await this.settled();
    const path = `/experiments/${experimentId}/metrics/${nameInPath(metric)}/stats`;
    const stats = await orNothing(this.api.get<Sinks.MetricStats>(path));
    if (!stats) throw new Error(`There is no metric ${metric ?? 'without a name'}`);
    const count = Number(stats.totalDataPoints);
    const row = async (index: number): Promise<Sinks.Row | undefined> =>
      count === 0 ? undefined : (await this.readRows(metric, index, 1)).data[0]?.data;
    const [first, last] = await Promise.all([row(0), row(count - 1)]);
    return { ...stats, count, firstValue: valueOf(first), lastValue: valueOf(last) };
  }
  async metrics(): Promise<Sinks.MetricSummary[]> {
    const { experimentId } = await this.settled();
    const { metrics } = await this.api.get<{ metrics: Sinks.MetricSummary[] }>(`/experiments/${experimentId}/metrics`);
    return metrics.map((metric) => (metric.name === 'None' ? { ...metric, name: null } : metric));
  }
  async readTrack(topic: string, { start, end, columns }: Sinks.TrackRange): Promise<Sinks.Entry[]> {
    const { experimentId } = await this.settled();
    const path = `/experiments/${experimentId}/tracks/${encodeURIComponent(topic)}/data`;
    const range = { format: 'json', start_timestamp: start, end_timestamp: end, columns: columns?.join(',') };
    const answer = await orNothing(this.api.get<{ entries: Sinks.Entry[] }>(path, range));
    return answer?.entries ?? [];
  }
  async tracks(): Promise<Sinks.TrackSummary[]> {
    const { experimentId } = await this.settled();
    return (await this.api.get<{ tracks: Sinks.TrackSummary[] }>(`/experiments/${experimentId}/tracks`)).tracks;
  }

  /** The bytes are kept as they are now and leave in the background; the answer has no id yet. */
  async saveFile(file: Sinks.NewFile): Promise<Sinks.FileEntry> {
    const store = join(this.connection!.folder, 'files');
    mkdirSync(store, { recursive: true, mode: 0o700 });
    const bytes = join(store, snowflake());
    const { sizeBytes, checksum } = await copyHashed(file.source, bytes);
    const { path: folder, filename, contentType } = file;
    const lane = `file ${folder}/${filename}`;
    const parcel = { lane, items: 1, bytes, folder, filename, contentType, checksum, fields: fieldsOf(file) };
    this.outbox!.addKept({ lane, items: 1, place: this.connection!.spool().keep(parcel) });
    const moment = new Date().toISOString();
    return {
      id: 'pending',
      status: 'queued',
      experimentId: this.id ?? 'pending',
      path: folder,
      filename,
      description: file.description ?? null,
      tags: file.tags ?? [],
      bindrs: file.bindrs ?? [],
      contentType,
      sizeBytes,
      checksum,
      metadata: file.metadata ?? null,
      uploadedAt: moment,
      updatedAt: moment,
      deletedAt: null,
    };
  }
  async files(): Promise<Sinks.FileEntry[]> {
    return listRemoteFiles(this.api, await this.settled());
  }
  async fetchFile(entry: Sinks.FileEntry, destination: string): Promise<void> {
    await this.settled();
    await downloadFile(this.api, entry, destination);
  }
  async changeFile(entry: Sinks.FileEntry, about: Sinks.FileAbout): Promise<Sinks.FileEntry> {
    await this.settled();
    const { bindrs, ...said } = about;
    const before = entry.metadata ?? {};
    const metadata = bindrs === undefined ? said.metadata : { ...before, ...said.metadata, bindrs };
    const body = JSON.stringify({ ...said, ...(metadata === undefined ? {} : { metadata }) });
    await this.api.sendText('PATCH', `/nodes/${encodeURIComponent(entry.id)}`, body);
    return { ...entry, ...about, updatedAt: new Date().toISOString() };
  }
  async removeFile({ id }: Sinks.FileEntry): Promise<{ id: string; deletedAt: string }> {
    await this.settled();
    return this.api.sendText('DELETE', `/nodes/${encodeURIComponent(id)}`, '');
  }
}

/** Indexes may be text. */
interface WirePage {
  readonly data: readonly { readonly index: number | string; readonly data: Sinks.Row; readonly createdAt: string }[];
  readonly hasMore: boolean;
}

const nameInPath = (metric: string | null): string => encodeURIComponent(metric ?? 'None');

async function isOpenWithin(opened: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  return Promise.race([opened.then(() => true), late]).finally(() => clearTimeout(timer));
}

/** What is not there yet. */
async function orNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof HttpError && error.status === 404) return undefined;
    throw error;
  }
}

function refusalOf(url: string, { status, detail }: HttpError): string {
  if (status === 401 || status === 403)
    return `${url} lets nobody in without its token: await login({ dashUrl }), or set ML_DASH_TOKEN (${detail})`;
  return `${url} refuses the run: ${detail}`;
}
