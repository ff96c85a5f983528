import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

const BOUNDARY = 'the-boundary';
const ANSWER_MS = 10_000;

/** The multipart body that a client sends for one file and its fields. */
export function formBody(fields: Readonly<Record<string, string>>, content: Buffer): Buffer {
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${BOUNDARY}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const file = `--${BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\nContent-Type: text/csv\r\n\r\n`;
  return Buffer.concat([Buffer.from(parts.join('') + file), content, Buffer.from(`\r\n--${BOUNDARY}--\r\n`)]);
}

/** What goes over the wire instead of what a well-behaved client sends. */
export interface RawUpload {
  readonly body: Buffer;
  /** Beside Host; the usual type and length when absent. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Ends our half of the connection after the body. */
  readonly hangUp?: boolean;
}

async function opened(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  await once(socket, 'connect');
  return socket;
}

function head(path: string, headers: Readonly<Record<string, string>>): string {
  const lines = Object.entries({ Host: '127.0.0.1', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST /api/v1${path} HTTP/1.1\r\n${lines.join('')}\r\n`;
}
const usual = (body: Buffer): Record<string, string> => ({
  'Content-Type': `multipart/form-data; boundary=${BOUNDARY}`,
  'Content-Length': String(body.length),
});

/** Sends bytes as they are; answers the status and the JSON body, or status 0 when the server only hung up. */
export async function sendRaw(
  url: string,
  path: string,
  { body, headers, hangUp = false }: RawUpload,
): Promise<{ status: number; body: { code?: string; detail?: unknown } }> {
  const socket = await opened(url);
  let text = '';
  socket.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
  });
  socket.write(head(path, { Connection: 'close', ...(headers ?? usual(body)) }));
  socket.write(body);
  if (hangUp) socket.end();
  await Promise.race([once(socket, 'close'), sleep(ANSWER_MS, undefined, { ref: false })]);
  socket.destroy();
  const [, status, json] = /^HTTP\/1\.1 (\d+)[^]*?\r\n\r\n([^]*)$/.exec(text) ?? [];
  const object = /\{[^]*\}/.exec(json ?? '')?.[0];
  return { status: Number(status ?? 0), body: object === undefined ? {} : (JSON.parse(object) as { code: string }) };
}

/** Sends the first `fraction` of a body and vanishes. */
export async function abortAt(url: string, path: string, body: Buffer, fraction: number): Promise<void> {
  const socket = await opened(url);
  socket.write(head(path, usual(body)));
  const part = body.subarray(0, Math.floor(body.length * fraction));
  await new Promise<void>((resolve) => socket.write(part, () => resolve()));
  // By now it is being stored.
  await sleep(10);
  socket.resetAndDestroy();
}
