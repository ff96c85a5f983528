import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';

import { AppError, type BodyBytes } from '#contract';
import { trackedKey } from '#storage';

import type { Ports } from '../ports.js';
import { openMatyanRun } from './open-matyan-run.js';
import type { PresignedUpload } from './presign-artifact.js';
import { projectOfToken, readToken } from './signed-token.js';

/**
 * Streams the bytes of a file to storage, on the strength of its upload URL; the file is there when this resolves.
 * @throws AppError `upload-url-invalid`, `media-type-unsupported`, `upload-too-large`, `upload-incomplete`, `tracked-run-gone`; nothing
 * stays stored then.
 */
export async function receiveArtifact(
  ports: Ports,
  token: string,
  { content, mediaType }: BodyBytes,
): Promise<{ sha256: string; size: number }> {
  const { projectId, upload } = await readUpload(ports, token);
  if (mediaType !== upload.type) throw new AppError('media-type-unsupported', { expected: upload.type });
  const run = await openMatyanRun(ports, { projectId, hash: upload.run });
  const { sha256, sizeBytes } = await storeBlob(ports, run.id, {
    projectId,
    path: upload.path,
    contentType: upload.type,
    content: Readable.from(content, { objectMode: false }),
    limitBytes: upload.maxBytes,
  });
  return { sha256, size: sizeBytes };
}

/** What is written for a file of a run. */
interface NewBytes {
  readonly projectId: number;
  readonly path: string;
  readonly contentType: string;
  readonly content: Readable;
  readonly limitBytes: number;
}

/** Bytes to storage, then the blob and the file's node in one transaction. */
export async function storeBlob(
  { storage, tracked, db }: Ports,
  runId: number,
  { projectId, path, contentType, content, limitBytes }: NewBytes,
): Promise<{ sha256: string; sizeBytes: number }> {
  const key = trackedKey(randomUUID());
  const stored = await storage.write(key, content, limitBytes).catch((error: unknown) => {
    throw brokenOff(error) ? new AppError('upload-incomplete', {}, { cause: error }) : error;
  });
  try {
    await db.transaction(async (tx) => {
      const blob = await tracked.objects.addBlob({ projectId, key, contentType, ...stored }, tx);
      await tracked.files.attach(runId, path, blob.id, tx);
    });
  } catch (error) {
    await storage.remove(key);
    throw error;
  }
  return stored;
}

async function readUpload({ tracked }: Ports, token: string): Promise<{ projectId: number; upload: PresignedUpload }> {
  const projectId = projectOfToken(token);
  const key = projectId === undefined ? undefined : await tracked.signingKey(projectId).catch(notThere);
  if (projectId === undefined || key === undefined) throw new AppError('upload-url-invalid');
  const upload = readToken('put', projectId, key, token) as PresignedUpload | undefined;
  if (!upload || upload.until < Date.now()) throw new AppError('upload-url-invalid');
  return { projectId, upload };
}

function notThere(error: unknown): undefined {
  if (error instanceof AppError && error.code === 'tracked-project-not-found') return undefined;
  throw error;
}

/** The client hung up in the middle. */
const brokenOff = (error: unknown): boolean =>
  error instanceof Error &&
  'code' in error &&
  ['ECONNRESET', 'ERR_STREAM_PREMATURE_CLOSE'].includes(String(error.code));
