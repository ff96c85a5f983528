import { Readable } from 'node:stream';

import { ZipFile } from 'yazl';

import { AppError, type Caller, type FileAnswer } from '#contract';
import type { TrackedBlob, TrackedFile } from '#tracking';

import type { Ports } from '../ports.js';
import { artifactPath } from './artifact-path.js';
import { matyanRun } from './matyan-project.js';

/** @throws AppError `tracked-run-not-found`, `tracked-file-not-found`, `tracked-file-missing`. */
export async function downloadArtifact(
  ports: Ports,
  caller: Caller,
  given: { readonly hash: string; readonly path: string },
): Promise<FileAnswer> {
  const run = await matyanRun(ports, caller, given.hash);
  const path = artifactPath(given.path);
  const file = await ports.tracked.files.find(run.id, path);
  if (!file) throw new AppError('tracked-file-not-found', { path });
  if (!file.blob) throw new AppError('tracked-file-missing', { path });
  return {
    content: await ports.storage.read(file.blob.storageKey),
    filename: file.name,
    mediaType: file.blob.contentType,
  };
}

type ArrivedFile = TrackedFile & { readonly blob: TrackedBlob };

/**
 * All files of a run whose bytes arrived, as an uncompressed archive that is made while it is read.
 * @throws AppError `tracked-run-not-found`, `tracked-file-not-found` when there are none, `tracked-archive-too-large`.
 */
export async function downloadArtifacts(ports: Ports, caller: Caller, hash: string): Promise<FileAnswer> {
  const run = await matyanRun(ports, caller, hash);
  const files = await ports.tracked.files.list(run.id, { outside: 'seq' });
  const arrived = files.filter((file): file is ArrivedFile => file.blob !== null);
  if (arrived.length === 0) throw new AppError('tracked-file-not-found', { path: '*' });
  const sizeBytes = arrived.reduce((sum, { blob }) => sum + blob.sizeBytes, 0);
  const limitBytes = ports.config.uploadBytes;
  if (sizeBytes > limitBytes) throw new AppError('tracked-archive-too-large', { sizeBytes, limitBytes });
  return { content: zipped(ports, arrived), filename: `${hash}-artifacts.zip`, mediaType: 'application/zip' };
}

/** Each file is opened when its turn comes. */
function zipped({ storage }: Ports, files: readonly ArrivedFile[]): AsyncIterable<Uint8Array> {
  const zip = new ZipFile();
  const fail = (error: unknown): void => void zip.outputStream.emit('error', error);
  for (const { path, blob } of files) {
    const options = { compress: false, size: blob.sizeBytes };
    // Other clients name files as they like; a drive is no folder of whoever unpacks this.
    const inside = artifactPath(path).replace(/^([A-Za-z]):/, '$1_');
    zip.addReadStreamLazy(inside, options, (done) => {
      storage.read(blob.storageKey).then((content) => done(null, content), fail);
    });
  }
  zip.end();
  return Readable.from(zip.outputStream, { objectMode: false });
}
