import { decodeStream, type ReadTree } from '#matyan';

import { Api } from '../remote/api.js';
import { readSettings } from '../settings.js';
import { alsoSnake } from '../snake.js';
import { Run } from './run.js';
import { orUndefined } from './run-writer.js';

/** Types of sequences there are. */
const SEQUENCES = ['metric', 'images', 'texts', 'distributions', 'audios', 'figures'] as const;
const PAGE = 50;

/** A run as a search finds it: its hash, and what the server says of it. */
export interface FoundRun {
  readonly hash: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly traces: unknown;
  readonly props: Readonly<Record<string, unknown>>;
  readonly [field: string]: unknown;
}
/** How a page of runs is asked for. */
export interface PageOptions {
  /** The hash of a run; the page begins after it. */
  readonly offset?: string;
  readonly limit?: number;
}

/** Every run of a server: listed, searched by MatyanQL, deleted. */
export class Repo {
  readonly url: string;
  readonly isRemoteRepo = true;
  private readonly api: Api;
  private readonly token: string | undefined;

  constructor(url?: string, { token }: { readonly token?: string } = {}) {
    const settings = readSettings();
    this.api = new Api({ url: url ?? settings.backendUrl, settings, ...(token === undefined ? {} : { token }) });
    this.url = this.api.url;
    this.token = token;
  }

  static defaultRepo(): Repo {
    return new Repo();
  }
  static fromPath(path: string): Repo {
    return new Repo(path);
  }
  static isRemotePath(path: string): boolean {
    return /^https?:\/\//.test(path);
  }
  static availableSequenceTypes(): readonly string[] {
    return SEQUENCES;
  }

  /** Runs a query finds, newest first; all runs that are not archived for the empty query. @throws HttpError for what is no query. */
  async queryRuns(query = '', { offset, limit }: PageOptions = {}): Promise<FoundRun[]> {
    const found: FoundRun[] = [];
    for await (const run of this.search('run', query, { offset, limit })) found.push(run);
    return found;
  }

  /** The same page by page. */
  async *queryRunPages(query = '', { offset, limit = PAGE }: PageOptions = {}): AsyncGenerator<FoundRun[]> {
    let after = offset;
    for (;;) {
      const page = await this.queryRuns(query, { limit, ...(after === undefined ? {} : { offset: after }) });
      if (page.length > 0) yield page;
      if (page.length < limit) return;
      after = page.at(-1)!.hash;
    }
  }

  async *iterRuns(): AsyncGenerator<FoundRun> {
    for await (const page of this.queryRunPages()) yield* page;
  }

  queryMetrics(query = ''): Promise<FoundRun[]> {
    return this.collect('metric', query);
  }
  queryImages(query = ''): Promise<FoundRun[]> {
    return this.collect('images', query);
  }
  queryTexts(query = ''): Promise<FoundRun[]> {
    return this.collect('texts', query);
  }
  queryDistributions(query = ''): Promise<FoundRun[]> {
    return this.collect('distributions', query);
  }
  queryAudios(query = ''): Promise<FoundRun[]> {
    return this.collect('audios', query);
  }
  queryFigureObjects(query = ''): Promise<FoundRun[]> {
    return this.collect('figures', query);
  }

  async listAllRuns(): Promise<string[]> {
    const hashes: string[] = [];
    for await (const { hash } of this.iterRuns()) hashes.push(hash);
    return hashes;
  }
  async listActiveRuns(): Promise<string[]> {
    const hashes: string[] = [];
    for await (const { hash } of this.records('/runs/active/', {})) hashes.push(hash);
    return hashes;
  }
  async totalRunsCount(): Promise<number> {
    return (await this.listAllRuns()).length;
  }
  /** Parameters by run. */
  async collectParamsInfo(): Promise<Record<string, FoundRun['params']>> {
    return Object.fromEntries((await this.queryRuns()).map(({ hash, params }) => [hash, params]));
  }
  /** Sequences by run and type. */
  async collectSequenceInfo(types: readonly string[] = ['metric']): Promise<Record<string, Record<string, unknown>>> {
    const hashes = await this.listAllRuns();
    const infos: [string, Record<string, unknown>][] = [];
    for (const hash of hashes) infos.push([hash, await this.readOnly(hash).collectSequenceInfo(types)]);
    return Object.fromEntries(infos);
  }

  /** A run to read; undefined when there is none. */
  async getRun(hash: string): Promise<Run | undefined> {
    return (await this.runExists(hash)) ? this.readOnly(hash) : undefined;
  }
  async runExists(hash: string): Promise<boolean> {
    return (await orUndefined(this.readOnly(hash).info())) !== undefined;
  }

  /** Whether there was one. */
  async deleteRun(hash: string): Promise<boolean> {
    return (
      (await orUndefined(this.api.sendText('DELETE', `/v1/rest/runs/${encodeURIComponent(hash)}/`, ''))) !== undefined
    );
  }
  /** Whether all went, and those that did not. */
  async deleteRuns(hashes: readonly string[]): Promise<[all: boolean, failed: string[]]> {
    const failed: string[] = [];
    for (const hash of hashes) if (!(await this.deleteRun(hash))) failed.push(hash);
    return [failed.length === 0, failed];
  }
  async deleteExperiment(id: string): Promise<boolean> {
    const path = `/v1/rest/experiments/${encodeURIComponent(id)}/`;
    return (await orUndefined(this.api.sendText('DELETE', path, ''))) !== undefined;
  }

  /** Nothing is held open; here for scripts that close what they opened. */
  close(): void {
    return undefined;
  }
  toString(): string {
    return `Repo(${this.url})`;
  }

  declare readonly query_runs: Repo['queryRuns'];
  declare readonly query_metrics: Repo['queryMetrics'];
  declare readonly query_images: Repo['queryImages'];
  declare readonly query_texts: Repo['queryTexts'];
  declare readonly query_audios: Repo['queryAudios'];
  declare readonly query_distributions: Repo['queryDistributions'];
  declare readonly query_figure_objects: Repo['queryFigureObjects'];
  declare readonly list_all_runs: Repo['listAllRuns'];
  declare readonly list_active_runs: Repo['listActiveRuns'];
  declare readonly get_run: Repo['getRun'];
  declare readonly run_exists: Repo['runExists'];
  declare readonly delete_run: Repo['deleteRun'];
  declare readonly delete_runs: Repo['deleteRuns'];
  declare readonly iter_runs: Repo['iterRuns'];

  private readOnly(hash: string): Run {
    return new Run({
      runHash: hash,
      repo: this.url,
      readOnly: true,
      ...(this.token === undefined ? {} : { token: this.token }),
    });
  }

  private async collect(kind: string, query: string): Promise<FoundRun[]> {
    const found: FoundRun[] = [];
    for await (const run of this.search(kind, query, {})) found.push(run);
    return found;
  }

  private search(
    kind: string,
    query: string,
    page: Readonly<Record<string, string | number | undefined>>,
  ): AsyncGenerator<FoundRun> {
    return this.records(`/runs/search/${kind}/`, { q: query, ...page });
  }

  private async *records(
    path: string,
    query: Readonly<Record<string, string | number | undefined>>,
  ): AsyncGenerator<FoundRun> {
    const chunks = await this.api.stream(`/v1/rest${path}`, { ...query, report_progress: 'false' });
    for await (const { key, tree } of decodeStream(chunks))
      // Progress is told between runs, whether it was asked for or not.
      if (typeof key === 'string' && !key.startsWith('progress')) yield foundRun(key, tree);
  }
}

alsoSnake(Repo);

function foundRun(hash: string, tree: ReadTree): FoundRun {
  const isTree = typeof tree === 'object' && tree !== null && !Array.isArray(tree) && !ArrayBuffer.isView(tree);
  return { params: {}, props: {}, traces: [], ...(isTree ? tree : {}), hash };
}
