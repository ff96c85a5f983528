import { basename } from 'node:path';
import type { Readable } from 'node:stream';
import { Transform } from 'node:stream';

import { type Agent, request, type Dispatcher } from 'undici';

import { AppError } from '#contract';
import type { Storage } from '#storage';

import { allowsHost, ForbiddenAddress, guardedAgent, type UrlPolicy } from '../upload/guarded-agent.js';

/** Where the file goes and who is told. */
export interface UrlDownload {
  readonly key: string;
  readonly limitBytes: number;
  readonly policy: UrlPolicy;
  readonly signal: AbortSignal;
  /** Shows who asks: sent to the origin of the first address, never along a redirect to another. */
  readonly authorization?: string | undefined;
  /** Fraction in 0–1, or null when the server does not say how much there is. */
  readonly onProgress: (fraction: number | null) => void;
}

const MAX_REDIRECTS = 5;
const TOTAL_MS = 30 * 60_000;
const DISK: readonly string[] = ['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EMFILE', 'EACCES'];
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308];

/** A URL that may be asked for. @throws AppError `url-invalid` for anything but http and https, and for one with a password. */
export function parseUrl(text: string): URL {
  const url = URL.canParse(text.trim()) ? new URL(text.trim()) : undefined;
  if (!url || !['http:', 'https:'].includes(url.protocol) || url.username !== '' || url.password !== '')
    throw new AppError('url-invalid', { url: text.slice(0, 200) });
  return url;
}

/**
 * Downloads a file into storage. Each hop's address is judged at the moment of connecting, and the connection goes to the very address
 * that was judged: a name that resolves otherwise a moment later, or a redirect into a private network, leads nowhere.
 * @returns the file's name as the server or the URL has it.
 * @throws AppError `url-invalid`, `url-forbidden`, `url-unreachable`, `url-answer-wrong`, `upload-too-large`; the signal's reason.
 */
export async function downloadUrl(
  storage: Storage,
  address: string,
  { key, limitBytes, policy, signal, authorization, onProgress }: UrlDownload,
): Promise<{ filename: string; sizeBytes: number }> {
  const agent = guardedAgent(policy);
  const limited = AbortSignal.any([signal, AbortSignal.timeout(TOTAL_MS)]);
  let url = parseUrl(address);
  const { origin } = url;
  try {
    for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
      const answer = await ask(url, {
        agent,
        policy,
        signal: limited,
        authorization: url.origin === origin ? authorization : undefined,
      });
      const { location } = answer.headers;
      if (!REDIRECTS.includes(answer.statusCode) || typeof location !== 'string') {
        const content = bodyOf(url, answer, { limitBytes, onProgress });
        const { sizeBytes } = await storage.write(key, content, limitBytes);
        return { filename: nameOf(url, answer), sizeBytes };
      }
      await answer.body.dump({ limit: 64 * 1024, signal: limited }).catch(() => undefined);
      url = parseUrl(URL.canParse(location, url) ? new URL(location, url).href : location);
    }
    throw new AppError('url-answer-wrong', { host: url.host, reason: `> ${MAX_REDIRECTS} redirects` });
  } catch (error) {
    signal.throwIfAborted();
    throw known(url, error);
  } finally {
    await agent.destroy();
  }
}

interface Asking {
  readonly agent: Agent;
  readonly policy: UrlPolicy;
  readonly signal: AbortSignal;
  readonly authorization: string | undefined;
}

async function ask(url: URL, { agent, policy, signal, authorization }: Asking): Promise<Dispatcher.ResponseData> {
  if (!allowsHost(url, policy)) throw new AppError('url-forbidden', { host: url.host });
  const shown = authorization === undefined ? {} : { authorization };
  return request(url, {
    dispatcher: agent,
    signal,
    headers: { accept: '*/*', 'accept-encoding': 'identity', ...shown },
  });
}

function bodyOf(
  url: URL,
  { statusCode, headers, body }: Dispatcher.ResponseData,
  { limitBytes, onProgress }: Pick<UrlDownload, 'limitBytes' | 'onProgress'>,
): Readable {
  const encoding = headers['content-encoding'];
  const wrong =
    statusCode !== 200
      ? `HTTP ${statusCode}`
      : encoding !== undefined && encoding !== 'identity'
        ? `Content-Encoding: ${String(encoding).slice(0, 40)}`
        : null;
  if (wrong !== null) {
    body.on('error', () => undefined).destroy();
    throw new AppError('url-answer-wrong', { host: url.host, reason: wrong });
  }
  const expected = Number(headers['content-length'] ?? NaN);
  if (expected > limitBytes) {
    body.on('error', () => undefined).destroy();
    throw new AppError('upload-too-large', { limitBytes });
  }
  let read = 0;
  const meter = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      read += chunk.length;
      onProgress(Number.isNaN(expected) ? null : Math.min(1, read / Math.max(1, expected)));
      done(null, chunk);
    },
  });
  body.on('error', (error) => meter.destroy(error));
  meter.on('close', () => body.destroy());
  return body.pipe(meter);
}

/** The name the server gives the file, else the last part of the URL; folders are cut off. */
function nameOf(url: URL, { headers }: Dispatcher.ResponseData): string {
  const given = /filename="?([^";]+)"?/i.exec(String(headers['content-disposition'] ?? ''))?.[1];
  const last = given ?? url.pathname;
  return basename(last.replaceAll('\\', '/')).slice(0, 200) || 'download';
}

function known(url: URL, error: unknown): unknown {
  if (error instanceof AppError) return error;
  // A full or broken disk is no fault of the server's.
  if (error instanceof Error && 'code' in error && DISK.includes(String(error.code))) return error;
  const { host } = url;
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause instanceof ForbiddenAddress) return new AppError('url-forbidden', { host }, { cause: error });
  const reason = error instanceof Error ? ((error as NodeJS.ErrnoException).code ?? error.name) : '';
  return new AppError('url-unreachable', { host, reason }, { cause: error });
}
