import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import { StandaloneError } from './standalone-error.js';

const ANYWHERE = new Set(['0.0.0.0', '::']);
const HERE = new Set([...ANYWHERE, '127.0.0.1', '::1', 'localhost']);
const READY_MS = 180_000;
const POLL_MS = 50;

/** Where a person on this machine opens Millrace. */
export function publicUrl(host: string, port: number): string {
  return `http://${HERE.has(host) ? 'localhost' : bracketed(host)}:${port}`;
}

/**
 * Tries whether the API will be able to listen there.
 * @throws StandaloneError naming the variable to change.
 */
export function checkPort(host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(new StandaloneError(complaint(error, host, port), { cause: error })),
    );
    server.listen(port, host, () => server.close(() => resolve()));
  });
}

function complaint(error: NodeJS.ErrnoException, host: string, port: number): string {
  if (error.code === 'EADDRINUSE') {
    return `Port ${port} on ${host} is taken by another program. Stop it, or set MILLRACE_PORT to a free port.`;
  }
  if (error.code === 'EACCES')
    return `Port ${port} is not open to ordinary users. Set MILLRACE_PORT to a port above 1023.`;
  return `Millrace cannot listen on ${host} (${error.code ?? error.message}). Set MILLRACE_HOST to an address of this machine.`;
}

/**
 * Waits until `/health/ready` answers 200.
 * @throws StandaloneError after three minutes; the signal's reason when it is aborted.
 */
export async function untilReady(host: string, port: number, signal: AbortSignal): Promise<void> {
  const url = `http://${ANYWHERE.has(host) ? '127.0.0.1' : bracketed(host)}:${port}/health/ready`;
  const end = Date.now() + READY_MS;
  let last = '';
  while (Date.now() < end) {
    try {
      const answer = await fetch(url, { signal: AbortSignal.any([signal, AbortSignal.timeout(5000)]) });
      last = `${answer.status} ${await answer.text()}`;
      if (answer.ok) return;
    } catch (error) {
      signal.throwIfAborted();
      last = String(error);
    }
    await sleep(POLL_MS, undefined, { signal });
  }
  throw new StandaloneError(`Millrace did not get ready in ${READY_MS / 60_000} minutes; ${url} said: ${last}`);
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}
