import { setTimeout as sleep } from 'node:timers/promises';

import pg from 'pg';

import type { Logger } from '#config';
import type { Prepared } from '#persistence';

import { CHANGES_SQL, changedJobs, type FeedJob, JOBS_SQL, rowOf } from './feed-rows.js';
import { earlier, ToldJobs } from './told-jobs.js';

/** What changed since the last time; `cursor` says where the next question starts. */
export interface FeedChange {
  readonly jobs: readonly FeedJob[];
  /** Ids that left the list. */
  readonly dismissed: readonly string[];
  readonly cursor: string;
}

type Listener = (change: FeedChange) => void;

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
/** A lock that is not available, and a server that stops or ends this connection. */
const IN_VAIN = /^(?:55P03|57P0.)$/;

/** One connection that listens for changed jobs and tells everyone here; it survives any loss of the database. */
export class JobFeed {
  private readonly listeners = new Set<Listener>();
  private readonly componentListeners = new Set<() => void>();
  /** By run; listened for only while somebody watches one. */
  private readonly runListeners = new Map<number, Set<() => void>>();
  private client: pg.Client | undefined;
  private cursor = '0';
  private readonly told = new ToldJobs();
  private dismissed: string[] = [];
  private asking = false;
  /** After a loss of the connection, until what was told last has been looked at again. */
  private doubtful = false;
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
      if (error instanceof pg.DatabaseError && !IN_VAIN.test(error.code ?? '')) throw error;
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
      const { cursor } = rows[0]!;
      // A database that crashed may be behind what it said before.
      if (this.cursor === '0' || BigInt(cursor) < BigInt(this.cursor)) this.cursor = cursor;
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
    this.doubtful = true;
    for (const listener of this.componentListeners) listener();
    this.tellRunListeners();
    void this.ask();
    return true;
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
      const job = rowOf(payload);
      // With a cursor that is older.
      if (this.told.hear(job, this.questions)) this.tellListeners([job], []);
      this.soon ??= setTimeout(() => void this.ask(), ASK_SOON_MS);
      return;
    }
    const [id = '', state] = payload.split(' ');
    if (state === 'dismissed') this.dismissed.push(id);
    void this.ask();
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

  /**
   * News goes ahead of the disk (`runHurried`), so a database that crashed may have forgotten what was told last: that is told as it is
   * now, and the next question starts somewhat earlier.
   */
  private async lookAgain(client: pg.Client): Promise<void> {
    const { jobs, gone } = await this.told.lookAgain(
      async (ids) => (await client.query<FeedJob>(JOBS_SQL, [ids])).rows,
    );
    this.cursor = earlier(this.cursor);
    this.doubtful = false;
    if (jobs.length > 0 || gone.length > 0) this.tellListeners(jobs, gone);
  }

  private async tell(): Promise<void> {
    await this.hurrying;
    const { client } = this;
    if (client === undefined) return;
    if (this.doubtful) await this.lookAgain(client);
    const question = ++this.questions;
    const { rows } = await client.query<FeedJob & { cursor: string }>(CHANGES_SQL, [this.cursor]);
    const { cursor } = rows[0]!;
    const jobs = this.told.read(changedJobs(rows), question);
    const dismissed = this.dismissed;
    this.dismissed = [];
    this.cursor = cursor;
    this.told.forgetBefore(cursor);
    if (jobs.length > 0 || dismissed.length > 0) this.tellListeners(jobs, dismissed);
  }

  private tellListeners(jobs: readonly FeedJob[], dismissed: readonly string[]): void {
    for (const listener of this.listeners) listener({ jobs, dismissed, cursor: this.cursor });
  }
}
