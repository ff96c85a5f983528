import { setTimeout as sleep } from 'node:timers/promises';

import pg from 'pg';

import type { Logger } from '#config';
import type { Prepared } from '#persistence';

import { CHANGES_SQL, changedJobs, type FeedJob, rowOf } from './feed-rows.js';

/** What changed since the last time; `cursor` says where the next question starts. */
export interface FeedChange {
  readonly jobs: readonly FeedJob[];
  /** Ids that left the list. */
  readonly dismissed: readonly string[];
  readonly cursor: string;
}

type Listener = (change: FeedChange) => void;

/** What the listeners were last told of a job. */
interface Told {
  readonly xid: string;
  readonly updatedMs: number;
  /** The question under way, or the last one, when a notification told it; undefined when a question did. */
  readonly heardIn?: number;
}

const CHANNEL = 'millrace_job';
const COMPONENTS = 'millrace_component';
const RUNS = 'millrace_run';
/** Notifications are a hurry-up; what they miss is found by asking this often. */
const ASK_MS = 5000;
/** After notifications that told everything a question only moves the cursor on. */
const ASK_SOON_MS = 200;
const RECONNECT_MS = 250;
/** A connection that does not answer for this long is given up: it may be half open. */
const ANSWER_MS = 5000;
/** News waits behind a hurried statement, so that one gives up a locked row after this long, and waits for it elsewhere. */
const LOCKED_MS = 50;
/** More transactions than a crash of the database can forget. */
const FORGOTTEN_XIDS = 1000n;
const LOCK_NOT_AVAILABLE = '55P03';

/** One connection that listens for changed jobs and tells everyone here; it survives any loss of the database. */
export class JobFeed {
  private readonly listeners = new Set<Listener>();
  private readonly componentListeners = new Set<() => void>();
  /** By run; listened for only while somebody watches one. */
  private readonly runListeners = new Map<number, Set<() => void>>();
  private client: pg.Client | undefined;
  private cursor = '0';
  /** By job, for rows that come again: by another way, or because an older transaction is still open. */
  private told = new Map<string, Told>();
  private dismissed: string[] = [];
  private asking = false;
  /** Resolves when the hurried statement under way, if there is one, has its answer. */
  private hurrying: Promise<void> | undefined;
  private asked = 0;
  /** Questions sent so far. */
  private questions = 0;
  private closed = false;
  private timer: NodeJS.Timeout | undefined;
  private soon: NodeJS.Timeout | undefined;

  constructor(
    private readonly databaseUrl: string,
    private readonly log: Logger,
  ) {}

  /** Connects. @throws the driver's error when the database cannot be reached now; later losses are mended silently. */
  async open(): Promise<void> {
    await this.connect();
    this.timer = setInterval(() => void this.ask(), ASK_MS);
  }

  /** Hears every change committed from now on, in order, until the answer is called. */
  subscribe(listener: Listener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Hears that the worker wrote new component manifests, and of every reconnection, which may have missed it. */
  onComponents(listener: () => void): void {
    this.componentListeners.add(listener);
  }

  /**
   * Hears, until the answer is called, that a run may have new points of metrics or another status; also once when listening began,
   * for what was written before. A connection that was lost may
   * have lost a notification as well: who must not miss one asks now and then.
   */
  watchRun(id: number, listener: () => void): () => void {
    if (this.runListeners.size === 0) void this.tellDatabase(`LISTEN ${RUNS}`).then(() => this.tellRunListeners());
    const own = this.runListeners.get(id) ?? new Set();
    this.runListeners.set(id, own.add(listener));
    return () => {
      if (!own.delete(listener) || own.size > 0) return;
      this.runListeners.delete(id);
      if (this.runListeners.size === 0) void this.tellDatabase(`UNLISTEN ${RUNS}`);
    };
  }

  /**
   * Runs a statement over the connection that listens, in a transaction of its own whose commit does not wait for the disk; see
   * `runHurried`. Undefined when something is under way there, a row is locked or the connection is lost: it may have run then, or not.
   * @throws the database's own error.
   */
  async hurry<R extends pg.QueryResultRow>(statement: Prepared, values: unknown[]): Promise<R[] | undefined> {
    const { client } = this;
    if (client === undefined || this.asking || this.hurrying !== undefined) return undefined;
    const answer = client.query<R>({ name: statement.name, text: statement.text, values });
    const over = (): void => void (this.hurrying = undefined);
    this.hurrying = answer.then(over, over);
    try {
      return (await answer).rows;
    } catch (error) {
      if (error instanceof pg.DatabaseError && error.code !== LOCK_NOT_AVAILABLE) throw error;
      return undefined;
    }
  }

  async close(): Promise<void> {
    this.closed = true;
    clearInterval(this.timer);
    clearTimeout(this.soon);
    await this.client?.end().catch(() => undefined);
  }

  private async connect(): Promise<void> {
    const client = new pg.Client({
      connectionString: this.databaseUrl,
      application_name: 'millrace-feed',
      connectionTimeoutMillis: ANSWER_MS,
      query_timeout: ANSWER_MS,
      keepAlive: true,
    });
    client.on('error', () => undefined);
    client.on('end', () => {
      if (this.client === client) void this.reconnect();
    });
    client.on('notification', ({ channel, payload = '' }) => this.notified(channel, payload));
    try {
      await client.connect();
      await client.query(`SET lock_timeout = ${LOCKED_MS}`);
      await client.query('SET synchronous_commit = off');
      await client.query(`LISTEN ${CHANNEL}`);
      await client.query(`LISTEN ${COMPONENTS}`);
      if (this.runListeners.size > 0) await client.query(`LISTEN ${RUNS}`);
      const { rows } = await client.query<{ cursor: string }>(
        'SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS cursor',
      );
      if (this.cursor === '0') this.cursor = rows[0]!.cursor;
    } catch (error) {
      client.end().catch(() => undefined);
      throw error;
    }
    this.client = client;
  }

  /** What is lost with a connection is said again on the next one. */
  private async tellDatabase(statement: string): Promise<void> {
    try {
      await this.client?.query(statement);
    } catch (error) {
      this.log.debug({ error: String(error) }, statement);
    }
  }

  private tellRunListeners(): void {
    for (const own of this.runListeners.values()) for (const listener of own) listener();
  }

  private async reconnect(): Promise<void> {
    this.client = undefined;
    while (!this.closed && !(await this.tryToConnect())) await sleep(RECONNECT_MS);
  }

  private async tryToConnect(): Promise<boolean> {
    try {
      await this.connect();
    } catch (error) {
      this.log.debug({ error: String(error) }, 'cannot listen for jobs yet');
      return false;
    }
    this.log.info({}, 'listening for jobs again');
    await this.doubtWhatWasTold();
    for (const listener of this.componentListeners) listener();
    this.tellRunListeners();
    void this.ask();
    return true;
  }

  /**
   * News goes ahead of the disk (`runHurried`), so a database that crashed may have forgotten what was told last, and gives the numbers
   * of those transactions out again: the next question starts somewhat earlier, and rows that are gone are told as dismissed.
   */
  private async doubtWhatWasTold(): Promise<void> {
    const ids = [...this.told.keys()];
    const earlier = BigInt(this.cursor) - FORGOTTEN_XIDS;
    this.cursor = `${earlier > 0n ? earlier : 0n}`;
    try {
      const { rows } = await this.client!.query<{ id: string }>('SELECT id FROM job WHERE id = ANY($1)', [ids]);
      const there = new Set(rows.map(({ id }) => id));
      this.dismissed.push(...ids.filter((id) => !there.has(id)));
      this.told.clear();
    } catch (error) {
      this.log.debug({ error: String(error) }, 'what was told not looked at again');
    }
  }

  private notified(channel: string, payload: string): void {
    if (channel === COMPONENTS) {
      for (const listener of this.componentListeners) listener();
      return;
    }
    if (channel === RUNS) {
      for (const listener of this.runListeners.get(Number(payload)) ?? []) listener();
      return;
    }
    if (payload.startsWith('{')) {
      this.heard(rowOf(payload));
      this.soon ??= setTimeout(() => void this.ask(), ASK_SOON_MS);
      return;
    }
    const [id = '', state] = payload.split(' ');
    if (state === 'dismissed') this.dismissed.push(id);
    void this.ask();
  }

  /**
   * Passes on what a notification says of a job, with a cursor that is older. Notifications come in the order of commits, but one
   * may come after the answer that showed a later state already; a clock that was put back costs a moment here, never a change,
   * for the next question tells it.
   */
  private heard(job: FeedJob): void {
    const before = this.told.get(job.id);
    const updatedMs = job.last_update.getTime();
    if (before !== undefined) {
      const asked = before.heardIn === undefined && before.xid === job.change_xid;
      if (asked || before.updatedMs > updatedMs) return;
    }
    this.told.set(job.id, { xid: job.change_xid, updatedMs, heardIn: this.questions });
    this.tellListeners([job], []);
  }

  /** Asks once more after notifications that come while asking, so that many of them cost two questions. */
  private async ask(): Promise<void> {
    this.asked++;
    if (this.asking) return;
    this.asking = true;
    clearTimeout(this.soon);
    this.soon = undefined;
    try {
      for (let answered = -1; answered !== this.asked;) {
        answered = this.asked;
        await this.tell();
      }
    } catch (error) {
      this.log.debug({ error: String(error) }, 'changed jobs not read');
      this.client?.end().catch(() => undefined);
    } finally {
      this.asking = false;
    }
  }

  private async tell(): Promise<void> {
    await this.hurrying;
    if (this.client === undefined) return;
    const question = ++this.questions;
    const { rows } = await this.client.query<FeedJob & { cursor: string }>(CHANGES_SQL, [this.cursor]);
    const { cursor } = rows[0]!;
    // What was heard while this question was under way may be newer than its answer; the next question shows it.
    const jobs = changedJobs(rows).filter(({ id, change_xid: xid }) => {
      const before = this.told.get(id);
      return before === undefined || (before.xid !== xid && before.heardIn !== question);
    });
    const dismissed = this.dismissed;
    this.dismissed = [];
    this.cursor = cursor;
    for (const { id, change_xid: xid, last_update: updated } of jobs)
      this.told.set(id, { xid, updatedMs: updated.getTime() });
    for (const [id, { xid }] of this.told) if (BigInt(xid) < BigInt(cursor)) this.told.delete(id);
    if (jobs.length > 0 || dismissed.length > 0) this.tellListeners(jobs, dismissed);
  }

  private tellListeners(jobs: readonly FeedJob[], dismissed: readonly string[]): void {
    for (const listener of this.listeners) listener({ jobs, dismissed, cursor: this.cursor });
  }
}
