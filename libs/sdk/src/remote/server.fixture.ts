import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { readJson } from '../values/numbers-json.js';

/**
 * How the server behaves: `away` hangs up, `forgetful` takes a write and hangs up before it says so; `hanging` takes the call and
 * nothing else, `mute` takes the write too, and neither ever answers.
 */
export type Mood = 'up' | 'away' | 'busy' | 'forgetful' | 'closed' | 'refusing' | 'hanging' | 'mute';

interface Row {
  readonly index: number;
  readonly data: Record<string, unknown>;
  readonly createdAt: string;
}

/** The ML-Dash protocol over a few maps, as far as the SDK speaks it: what a test sent can be looked at. */
export class FakeServer {
  mood: Mood = 'up';
  /** An item that holds it is refused by its place. */
  badText = '';
  /** Every write that was taken, as `METHOD path`. */
  readonly taken: string[] = [];
  readonly metrics = new Map<string, Record<string, unknown>[]>();
  readonly logs: Record<string, unknown>[] = [];
  readonly params: Record<string, unknown> = {};
  readonly entries: Record<string, unknown>[] = [];
  readonly files: { id: string; name: string; pPath: string; bytes: string; form: Record<string, string> }[] = [];
  readonly nodes: Record<string, unknown>[] = [];
  readonly tokens: (string | undefined)[] = [];
  status = '';
  /** Calls that wait for an answer that never comes. */
  held = 0;
  private readonly seen = new Set<string>();
  private readonly folders = new Map<string, string>();
  private server: Server | undefined;
  private port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    this.server = createServer((request, response) => void this.serve(request, response));
    await new Promise<void>((resolve) => this.server!.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  rows(metric: string): Record<string, unknown>[] {
    return this.metrics.get(metric) ?? [];
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    this.tokens.push(request.headers.authorization);
    if (this.mood === 'away') return void request.socket.destroy();
    if (this.mood === 'hanging') {
      this.hold(response);
      return;
    }
    const say = (status: number, body: unknown, headers = {}): void =>
      void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
    if (this.mood === 'busy') {
      say(503, { error: 'busy' }, { 'retry-after': '0' });
      return;
    }
    if (this.mood === 'closed' && request.headers.authorization !== 'Bearer renewed') {
      say(401, { error: 'unauthorized', message: 'no token' });
      return;
    }
    const url = new URL(request.url!, this.url);
    const body = Buffer.concat(chunks);
    const isWrite = request.method !== 'GET' && url.pathname !== '/graphql';
    const bad = this.badText === '' ? undefined : placeOf(this.badText, body);
    if (bad !== undefined) {
      say(400, { message: `The text in ${bad} cannot be stored` });
      return;
    }
    if (this.mood === 'refusing' && /metrics/.test(url.pathname)) {
      say(422, { message: 'bad row' });
      return;
    }
    const answer = await this.answer(request, url, body);
    if (isWrite && answer !== undefined) this.taken.push(`${request.method} ${url.pathname}`);
    if (isWrite && this.mood === 'forgetful') return void request.socket.destroy();
    if (isWrite && this.mood === 'mute') {
      this.hold(response);
      return;
    }
    if (answer instanceof Buffer) return void response.writeHead(200).end(answer);
    if (answer === undefined) say(404, { message: `no ${url.pathname}` });
    else say(200, answer);
  }

  private hold(response: ServerResponse): void {
    this.held += 1;
    response.once('close', () => (this.held -= 1));
  }

  private async answer(request: IncomingMessage, url: URL, body: Buffer): Promise<unknown> {
    const path = url.pathname;
    const type = request.headers['content-type'] ?? '';
    if (type.startsWith('multipart')) return this.upload(body, type);
    const json = (body.length > 0 ? readJson(body.toString('utf8')) : {}) as Record<string, never>;
    if (path === '/graphql') return this.graphql(json);
    if (path.endsWith('/nodes')) return this.node(json);
    const node = /^\/api\/nodes\/(\w+)(\/download)?$/.exec(path);
    if (node) return this.changeNode(request.method!, node[1]!, node[2] !== undefined, json);
    const [, what, name, act] = /^\/api\/experiments\/e1\/(\w+)(?:\/([^/]+)\/(\w[\w-]*))?$/.exec(path) ?? [];
    if (what === 'parameters')
      return request.method === 'GET' ? { data: this.params } : Object.assign(this.params, json['data']);
    if (act === 'append-batch' || act === 'append_batch' || what === 'logs') {
      const key = createHash('sha256').update(path).update(body).digest('hex');
      const isNew = !this.seen.has(key);
      this.seen.add(key);
      if (isNew) this.append(what!, name, json);
      return { ok: true };
    }
    if (what === 'metrics') return this.read(name, act, url);
    if (what === 'tracks')
      return { entries: this.entries, tracks: [{ topic: 't', totalEntries: this.entries.length }] };
    return undefined;
  }

  private append(what: string, name: string | undefined, json: Record<string, Record<string, unknown>[]>): void {
    if (what === 'logs') this.logs.push(...json['logs']!);
    else if (what === 'tracks') this.entries.push(...json['entries']!);
    else {
      const metric = decodeURIComponent(name!);
      this.metrics.set(metric, [...this.rows(metric), ...json['dataPoints']!]);
    }
  }

  private read(name: string | undefined, act: string | undefined, url: URL): unknown {
    if (name === undefined)
      return {
        metrics: [...this.metrics].map(([metric, rows]) => ({
          metricId: metric,
          name: metric,
          totalDataPoints: String(rows.length),
        })),
      };
    const metric = decodeURIComponent(name);
    const all = this.metrics.get(metric);
    if (!all) return undefined;
    if (act === 'stats') return { metricId: '1', name: metric, totalDataPoints: String(all.length) };
    const from = Number(url.searchParams.get('startIndex'));
    const limit = Number(url.searchParams.get('limit'));
    const data: Row[] = all
      .slice(from, from + limit)
      .map((row, place) => ({ index: from + place, data: row, createdAt: 'x' }));
    return {
      data,
      startIndex: from,
      endIndex: from + data.length - 1,
      total: data.length,
      hasMore: from + limit < all.length,
    };
  }

  private graphql({ query }: Record<string, string>): unknown {
    if (query!.includes('GetProject')) return { data: { namespace: null } };
    const files = this.files.map(({ id, name, pPath, bytes, form }) => ({
      id,
      name,
      pPath,
      description: form['description'] ?? null,
      tags: form['tags']?.split(',') ?? [],
      metadata: JSON.parse(form['metadata'] ?? 'null') as unknown,
      createdAt: '2026-01-01T00:00:00Z',
      physicalFile: { contentType: 'text/plain', sizeBytes: String(bytes.length), checksum: form['checksum'] },
    }));
    return { data: { experimentById: { filesPaginated: { files, hasMore: false } } } };
  }

  private node(json: Record<string, unknown>): unknown {
    this.nodes.push(json);
    if (json['type'] === 'PROJECT') return { project: { id: 'p1' } };
    if (json['type'] === 'EXPERIMENT') return { project: { id: 'p1' }, experiment: { id: 'e1' }, node: { id: 'n1' } };
    const id = `f${this.folders.size + 1}`;
    this.folders.set(id, `${this.folders.get(String(json['parentId'])) ?? ''}/${String(json['name'])}`);
    return { node: { id } };
  }

  private changeNode(method: string, id: string, isDownload: boolean, json: Record<string, unknown>): unknown {
    if (id === 'n1') {
      this.status = String(json['status']);
      return { id };
    }
    const place = this.files.findIndex((file) => file.id === id);
    const file = this.files[place];
    if (!file) return undefined;
    if (isDownload) return Buffer.from(file.bytes);
    if (method === 'DELETE') this.files.splice(place, 1);
    else Object.assign(file.form, { description: json['description'] });
    return { id, deletedAt: 'now' };
  }

  private async upload(body: Buffer, type: string): Promise<unknown> {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    const names = [...form.keys()];
    if (names.at(-1) !== 'file') throw new Error('the file must come last');
    const fields = Object.fromEntries([...form].filter(([, value]) => typeof value === 'string')) as Record<
      string,
      string
    >;
    const folder = this.folders.get(fields['parentId']!) ?? '';
    const name = fields['name']!;
    const there = this.files.findIndex((file) => file.pPath === `${folder}/${name}`);
    if (there >= 0) this.files.splice(there, 1);
    const bytes = await (form.get('file') as File).text();
    this.files.push({ id: `x${this.taken.length}`, name, pPath: `${folder}/${name}`, bytes, form: fields });
    return { node: { id: 'x' } };
  }
}

/** The first item of a list that holds a text. */
function placeOf(text: string, body: Buffer): string | undefined {
  if (!body.includes(text)) return undefined;
  for (const [key, items] of Object.entries(readJson(body.toString('utf8')) as object)) {
    const at = Array.isArray(items) ? items.findIndex((item) => JSON.stringify(item).includes(text)) : -1;
    if (at >= 0) return `${key}.${at}.note`;
  }
  return undefined;
}
