import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { WebSocketServer } from 'ws';

import { encodeTree, type Tree } from '#matyan';

import { readJson } from '../values/numbers-json.js';

type Message = Record<string, unknown> & { type: string };

/** The matyan protocol as far as the SDK speaks it; what was sent can be looked at. */
export class FakeMatyan {
  /** Hangs up on whoever comes. */
  away = false;
  /** Takes a frame and hangs up before it says so. */
  forgetful = false;
  /** Takes the line and what is said, and never answers. */
  hanging = false;
  /** Lines that are open. */
  lines = 0;
  readonly frames: number[] = [];
  private readonly keys = new Set<unknown>();
  readonly messages: Message[] = [];
  readonly uploads = new Map<string, string>();
  readonly asked: string[] = [];
  info: object = { params: {}, traces: {}, props: { tags: [] }, artifacts: [] };
  found: [string, Tree][] = [];
  private server: Server | undefined;
  private sockets: WebSocketServer | undefined;
  private port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }
  of(type: string): Message[] {
    return this.messages.filter((message) => message.type === type);
  }

  async start(): Promise<void> {
    this.server = createServer((request, response) => void this.serve(request, response));
    this.server.on('connection', (line) => {
      this.lines += 1;
      line.once('close', () => (this.lines -= 1));
    });
    this.sockets = new WebSocketServer({ noServer: true });
    this.server.on('upgrade', (request, socket, head) => {
      if (this.away) {
        socket.destroy();
        return;
      }
      if (this.hanging) {
        socket.on('end', () => socket.destroy()).resume();
        return;
      }
      this.asked.push(`WS ${request.url}`);
      this.sockets!.handleUpgrade(request, socket, head, (client) => {
        client.on('message', (data: Buffer) => {
          if (this.away) {
            client.terminate();
            return;
          }
          const error = this.take(readJson(data.toString('utf8')));
          if (this.forgetful) client.terminate();
          else if (!this.hanging) client.send(JSON.stringify({ status: error === null ? 'ok' : 'error', error }));
        });
      });
    });
    await new Promise<void>((resolve) => this.server!.listen(this.port, '127.0.0.1', resolve));
    this.port = (this.server.address() as AddressInfo).port;
  }

  async stop(): Promise<void> {
    for (const client of this.sockets?.clients ?? []) client.terminate();
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  /** Stops at the first bad message; those before it are kept. */
  private take(frame: unknown): string | null {
    const messages = (Array.isArray(frame) ? frame : [frame]) as Message[];
    this.frames.push(messages.length);
    for (const { idempotency_key: key, ...message } of messages) {
      if (message['tag_name'] === 'bad') return 'bad tag';
      if (key !== undefined && this.keys.has(key)) continue;
      this.keys.add(key);
      this.messages.push(message);
    }
    return null;
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString('utf8');
    const url = new URL(request.url!, this.url);
    this.asked.push(`${request.method} ${url.pathname}${url.search}`);
    const say = (status: number, answer: unknown): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    };
    if (url.pathname.endsWith('/presign')) {
      const { run_id, artifact_path } = JSON.parse(body) as Record<string, string>;
      const key = `${run_id}/${artifact_path}`;
      say(200, { upload_url: `/upload?key=${encodeURIComponent(key)}`, s3_key: key, headers: null });
    } else if (url.pathname === '/upload') {
      this.uploads.set(url.searchParams.get('key')!, `${request.headers['content-type']}: ${body}`);
      say(200, {});
    } else if (url.pathname.includes('/search/') || url.pathname.endsWith('/active/')) {
      const offset = url.searchParams.get('offset');
      const from = offset === null ? 0 : this.found.findIndex(([hash]) => hash === offset) + 1;
      const limit = Number(url.searchParams.get('limit') ?? 0) || this.found.length;
      const page = [...this.found.slice(from, from + limit), ['progress_0', [1, 1]] as [string, Tree]];
      for (const [hash, tree] of page) response.write(encodeTree({ [hash]: tree }));
      response.end();
    } else if (url.pathname.includes('/runs/gone/'))
      say(404, { error: { code: 'not_found', message: 'no run' }, detail: 'no run' });
    else say(200, request.method === 'DELETE' ? { status: 'OK' } : this.info);
  }
}
