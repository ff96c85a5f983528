import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { extname } from 'node:path';

import { trackedBlobKey } from '#storage';

import type { Ports } from '../ports.js';

const TYPES: Readonly<Record<string, string>> = {
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.gif': 'image/gif',
  '.webp': 'image/webp',
  '.bmp': 'image/bmp',
  '.wav': 'audio/wav',
  '.mp3': 'audio/mpeg',
  '.flac': 'audio/flac',
  '.ogg': 'audio/ogg',
};

/** Keeps a file of an import as a blob of its project: bytes that are there already are not kept twice. */
export async function storeMedia(
  { storage, tracked }: Ports,
  { projectId, path, name }: { projectId: number; path: string; name: string },
): Promise<number> {
  const key = trackedBlobKey(randomUUID());
  const { sha256, sizeBytes } = await storage.write(key, createReadStream(path));
  const contentType = TYPES[extname(name).toLowerCase()] ?? 'application/octet-stream';
  return (await tracked.objects.addBlob({ projectId, key, sha256, sizeBytes, contentType })).id;
}
