import { randomUUID } from 'node:crypto';
import { once } from 'node:events';

import { expect } from 'vitest';
import { WebSocket } from 'ws';

/** Where the backend and the frontier of the client are: one server is both. */
export const origin = (): string => process.env['MILLRACE_COMPAT_URL']!;

/** A run id as the client makes it. */
export const newHash = (): string => randomUUID().replaceAll('-', '');

export interface Answer<T = unknown> {
  readonly status: number;
  readonly body: T;
  readonly headers: Headers;
}

/** Calls as the client's `httpx` does. */
export async function call<T = unknown>(
  method: string,
  path: string,
  { json, headers = {} }: { json?: unknown; headers?: Record<string, string> } = {},
): Promise<Answer<T>> {
  const response = await fetch(`${origin()}/api/v1/rest${path}`, {
    method,
    headers: {
      accept: '*/*',
      'user-agent': 'python-httpx/0.28.1',
      ...(json === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
  });
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true;
  return { status: response.status, body: (isJson ? JSON.parse(text) : text) as T, headers: response.headers };
}

/** The body of a call that has to answer 2xx. */
export async function ok<T>(...args: Parameters<typeof call>): Promise<T> {
  const { status, body } = await call<T>(...args);
  expect([args[0], args[1], status < 300 ? 'ok' : body]).toEqual([args[0], args[1], 'ok']);
  return body;
}

/** A refusal in the client's error body. */
export const refused = (code: string, text: RegExp = /./): object => ({
  error: { code, message: expect.stringMatching(text) as string },
  detail: expect.anything() as unknown,
});

export interface Reply {
  readonly status: 'ok' | 'error';
  readonly error: string | null;
}

/** The client's WebSocket transport: one frame at a time, one reply each. */
export class Transport {
  private readonly replies: Reply[] = [];
  private wake = (): void => undefined;

  private constructor(
    readonly hash: string,
    readonly socket: WebSocket,
  ) {
    socket.on('message', (data: Buffer) => {
      this.replies.push(JSON.parse(data.toString('utf8')) as Reply);
      this.wake();
    });
  }

  static async open(hash: string = newHash(), path = '/api/v1/ws/runs/'): Promise<Transport> {
    const socket = new WebSocket(`${origin().replace(/^http/, 'ws')}${path}${hash}`);
    await once(socket, 'open');
    return new Transport(hash, socket);
  }

  /** A whole run: opened, created. */
  static async create(hash: string = newHash(), fields: object = {}): Promise<Transport> {
    const transport = await Transport.open(hash);
    await transport.must({ type: 'create_run', client_datetime: now(), force_resume: false, ...fields });
    return transport;
  }

  /** Sends text as it is and answers the reply to it. */
  async sendText(text: string): Promise<Reply> {
    this.socket.send(text);
    return this.next();
  }

  /** Sends one message, or several as an array, each with the run's id as the client does. */
  send(...messages: object[]): Promise<Reply> {
    const full = messages.map((message) => ({ run_id: this.hash, ...message }));
    return this.sendText(JSON.stringify(full.length === 1 ? full[0] : full));
  }

  async must(...messages: object[]): Promise<void> {
    expect(await this.send(...messages)).toEqual({ status: 'ok', error: null });
  }

  async next(): Promise<Reply> {
    while (this.replies.length === 0) await new Promise<void>((resolve) => (this.wake = resolve));
    return this.replies.shift()!;
  }

  async close(): Promise<void> {
    const closed = once(this.socket, 'close');
    this.socket.close();
    await closed;
  }
}

/** A date as Python's `isoformat` writes it. */
export const now = (): string => new Date().toISOString().replace('Z', '000+00:00');

/** `log_metric` with every key the client sends. */
export const metric = (name: string, value: number | null, step: number | null, more: object = {}): object => ({
  type: 'log_metric',
  name,
  value,
  step,
  epoch: null,
  context: null,
  dtype: 'float',
  client_datetime: now(),
  ...more,
});

export interface Trace {
  readonly name: string;
  readonly context: object;
  readonly last_value?: number | null;
}
export interface RunInfo {
  readonly params: Record<string, unknown>;
  readonly traces: Record<string, Trace[]>;
  readonly props: {
    readonly name: string;
    readonly description: string;
    readonly experiment: { id: string | null; name: string | null; description: string | null };
    readonly tags: { id: string; name: string; color: string | null; description: string | null }[];
    readonly creation_time: number;
    readonly end_time: number | null;
    readonly archived: boolean;
    readonly active: boolean;
  };
  readonly artifacts: { name: string; path: string; uri: string }[];
}
export const info = (hash: string, query = ''): Promise<RunInfo> => ok('GET', `/runs/${hash}/info/${query}`);

/** Points of one series as the client reads them. */
export async function points(hash: string, name: string, context: object = {}): Promise<[number, number | null][]> {
  const [trace] = await ok<{ iters: number[]; values: (number | null)[] }[]>(
    'POST',
    `/runs/${hash}/metric/get-batch/?record_density=100000`,
    { json: [{ name, context }] },
  );
  return trace!.iters.map((step, index) => [step, trace!.values[index]!]);
}
