import type { Readable } from 'node:stream';

import { AppError, type FileAnswer, type UploadedFile } from '#contract';
import { ProcessDataEntity } from '#persistence';
import { mediaKey } from '#storage';

import type { Ports } from '../ports.js';

/** A picture larger than this is no input for any model. */
const MEDIA_BYTES = 64 * 1024 * 1024;
const HEAD_BYTES = 16;
const NAME = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\.([a-z0-9]{1,4})$/;
const MEDIA_TYPES: Readonly<Record<string, string>> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
};

/** A media file of a process by the name its data row holds. */
export interface Media {
  readonly data: string;
  readonly data_type: 'Image' | 'File';
}

/**
 * Keeps an uploaded file as media under a name of our own; what it is, its first bytes say, never its sender.
 * @throws AppError `upload-too-large`.
 */
export async function keepMedia({ storage }: Ports, file: UploadedFile): Promise<Media> {
  if (file.sizeBytes > MEDIA_BYTES) throw new AppError('upload-too-large', { limitBytes: MEDIA_BYTES });
  const kind = kindOf(await head(await storage.read(file.key)));
  const data = `${file.id}.${kind ?? 'bin'}`;
  await storage.copy(file.key, mediaKey(data));
  return { data, data_type: kind === undefined ? 'File' : 'Image' };
}

/** A media file for a browser. @throws AppError `media-not-found`, also for a file no row names. */
export async function readMedia({ db, storage }: Ports, name: string): Promise<FileAnswer> {
  const extension = NAME.exec(name)?.[2];
  const known = extension !== undefined && (await db.manager.existsBy(ProcessDataEntity, { data: name }));
  if (!known || !(await storage.exists(mediaKey(name)))) throw new AppError('media-not-found');
  return {
    content: await storage.read(mediaKey(name)),
    filename: name,
    mediaType: MEDIA_TYPES[extension] ?? 'application/octet-stream',
  };
}

/** Removes the files these rows name. */
export async function removeMedia(
  { storage }: Ports,
  rows: readonly Pick<ProcessDataEntity, 'data' | 'data_type'>[],
): Promise<void> {
  for (const { data, data_type: type } of rows)
    if (type !== 'str' && NAME.test(data)) await storage.remove(mediaKey(data));
}

async function head(source: Readable): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of source) {
    chunks.push(chunk as Buffer);
    length += (chunk as Buffer).length;
    if (length >= HEAD_BYTES) break;
  }
  return Buffer.concat(chunks).subarray(0, HEAD_BYTES);
}

/** Pictures no browser runs anything of; an SVG is a file like any other. */
function kindOf(bytes: Buffer): string | undefined {
  const text = bytes.toString('latin1');
  if (text.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (text.startsWith('\xff\xd8\xff')) return 'jpg';
  if (/^GIF8[79]a/.test(text)) return 'gif';
  if (/^RIFF.{4}WEBP/s.test(text)) return 'webp';
  return undefined;
}
