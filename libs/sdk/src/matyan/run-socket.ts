import type { Socket } from 'node:net';

import { WebSocket } from 'ws';

const REPLY_MS = 30_000;

interface Reply {
  readonly status: 'ok' | 'error';
  readonly error: string | null;
}
interface Waiting {
  readonly resolve: (reply: Reply) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The socket of one run: one reply to each frame, in their order. It opens when something is sent and opens again after it broke; while
 * nothing is on its way it does not hold the process.
 */
export class RunSocket {
  private socket: Promise<WebSocket> | undefined;
  private line: Socket | undefined;
  private latest: WebSocket | undefined;
  private readonly waiting: Waiting[] = [];

  constructor(
    private readonly url: string,
    private readonly headers: () => Record<string, string>,
  ) {}

  /** @throws Error when the line breaks before the reply, or none comes. */
  async send(frame: string): Promise<Reply> {
    const socket = await this.open();
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => this.fall(socket, new Error('No reply from the server')), REPLY_MS);
      const settle = (): void => {
        clearTimeout(late);
        if (this.waiting.length === 0) this.line?.unref();
      };
      this.line?.ref();
      this.waiting.push({
        resolve: (reply) => {
          settle();
          resolve(reply);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      });
      socket.send(frame, (error) => {
        if (error) this.fall(socket, error);
      });
    });
  }

  close(): void {
    const { latest } = this;
    this.socket = undefined;
    if (!latest) return;
    // One that says nothing would not answer the farewell either.
    const isSilent = this.waiting.length > 0 || latest.readyState === WebSocket.CONNECTING;
    if (isSilent) this.fall(latest, new Error('The line was closed before the reply'));
    else latest.close();
  }

  private open(): Promise<WebSocket> {
    this.socket ??= new Promise<WebSocket>((resolve, reject) => {
      const socket = new WebSocket(this.url, { headers: this.headers(), handshakeTimeout: REPLY_MS });
      this.latest = socket;
      socket.on('upgrade', ({ socket: line }) => {
        this.line = line;
      });
      socket.on('open', () => resolve(socket));
      socket.on('message', (data: Buffer) => this.waiting.shift()?.resolve(JSON.parse(data.toString('utf8')) as Reply));
      socket.on('unexpected-response', (_request, answer) => {
        this.socket = undefined;
        reject(new SocketRefused(answer.statusCode ?? 0));
        answer.destroy();
      });
      socket.on('error', (error) => {
        this.fall(socket, error);
        reject(error);
      });
      socket.on('close', () => this.fall(socket, new Error('The server closed the line')));
    });
    return this.socket;
  }

  /** What waits for a reply is sent again by whoever sent it. */
  private fall(socket: WebSocket, error: Error): void {
    this.socket = undefined;
    socket.terminate();
    for (const { reject } of this.waiting.splice(0)) reject(error);
  }
}

/** The server answered the opening with a status of its own. */
export class SocketRefused extends Error {
  constructor(readonly status: number) {
    super(`The server refuses the line: HTTP ${status}`);
  }
}
