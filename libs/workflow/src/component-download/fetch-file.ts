import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rm, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';

import { AppError } from '#contract';

import type { Source } from './find-source.js';
import { openUrl } from './open-url.js';

/** Who asks, and how it is told of the share that is there. */
export interface FetchOptions {
  readonly name: string;
  readonly signal: AbortSignal;
  readonly onProgress: (share: number) => void;
}

/**
 * Fetches a file to a path, going on with what is there already, and checks its SHA-256. What does not match is removed.
 * @throws AppError `download-failed` (what came so far stays), `download-corrupt`, `storage-full`; the signal's reason.
 */
export async function fetchFile(source: Source, path: string, options: FetchOptions): Promise<{ sizeBytes: number }> {
  const { name, signal, onProgress } = options;
  let have = await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
  if (have !== source.sizeBytes || have === 0) {
    const answer = await openUrl(source.url, { name, signal, trusted: source.trusted, from: have });
    if (answer.statusCode === 416) await answer.body.dump();
    else {
      const goesOn = answer.statusCode === 206 && startOf(answer.headers['content-range']) === have;
      if (!goesOn) have = 0;
      const length = Number(answer.headers['content-length'] ?? NaN);
      const total = source.sizeBytes ?? (Number.isFinite(length) ? have + length : null);
      await refuseFull(path, (total ?? 0) - have);
      const file = await open(path, goesOn ? 'a' : 'w');
      try {
        for await (const chunk of answer.body) {
          signal.throwIfAborted();
          have += (chunk as Buffer).length;
          if (source.sizeBytes !== null && have > source.sizeBytes) break;
          await file.write(chunk as Buffer);
          onProgress(total === null ? 0 : Math.min(1, have / total));
        }
      } catch (error) {
        signal.throwIfAborted();
        if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new AppError('storage-full');
        throw new AppError('download-failed', { name, reason: String(error) });
      } finally {
        await file.close();
      }
      if (total !== null && have < total)
        throw new AppError('download-failed', { name, reason: `${have} / ${total} B` });
    }
  }
  const actual = await hashOf(path, signal);
  if (actual === source.sha256.toLowerCase()) return { sizeBytes: (await stat(path)).size };
  await rm(path, { force: true });
  throw new AppError('download-corrupt', {
    name,
    reason: `SHA-256 ${actual.slice(0, 12)}… ≠ ${source.sha256.slice(0, 12)}…`,
  });
}

/** SHA-256 of a file in hexadecimal. */
async function hashOf(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal })) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

const startOf = (range: string | string[] | undefined): number =>
  typeof range === 'string' ? Number(/^bytes (\d+)-/.exec(range)?.[1] ?? NaN) : NaN;

async function refuseFull(path: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dirname(path));
  if (bytes > bavail * bsize) throw new AppError('storage-full');
}
