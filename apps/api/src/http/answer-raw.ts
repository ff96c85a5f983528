import type { Duplex } from 'node:stream';

/** Answers JSON over a connection that no framework answers on, and hangs up. `line` is status and reason. */
export function answerRaw(
  socket: Duplex,
  line: string,
  body: object,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = JSON.stringify(body);
  const all = {
    'Content-Type': 'application/json',
    'Content-Length': `${Buffer.byteLength(text)}`,
    Connection: 'close',
    ...headers,
  };
  const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  socket.end(`HTTP/1.1 ${line}\r\n${head.join('')}\r\n${text}`);
}
