import { randomUUID } from 'node:crypto';
import type { Readable } from 'node:stream';

import type { UploadedFile } from '#contract';
import { uploadKey } from '#storage';

import type { Ports } from '../ports.js';

/** A file part of a form, while it still arrives. */
export interface FilePart {
  readonly field: string;
  readonly filename: string;
  readonly mediaType: string;
  readonly content: Readable;
}

/**
 * Streams a file part to storage under a new id, for a use case to take over.
 * @throws AppError `upload-too-large`; nothing is stored then, nor when the source breaks off.
 */
export async function storeUpload(
  ports: Ports,
  { field, filename, mediaType, content }: FilePart,
): Promise<UploadedFile> {
  const id = randomUUID();
  const key = uploadKey(id);
  const stored = await ports.storage.write(key, content, ports.config.uploadBytes);
  return { id, key, field, filename, mediaType, ...stored };
}

/** Removes a stored file part that no use case took over. */
export async function discardUpload(ports: Ports, file: UploadedFile): Promise<void> {
  await ports.storage.remove(file.key);
}
