import type { Caller, FileAnswer } from '#contract';
import { CODEC_LIMITS, type StreamTree } from '#matyan';

import type { Ports } from '../../ports.js';
import { blobOfUri } from '../blob-uri.js';
import { binaryAnswer } from './binary-answer.js';

/** Bytes behind URIs, one file in memory at a time; what is not ours, not there, or too large for a record is left out. */
export async function matyanBlobs(ports: Ports, caller: Caller, uris: readonly string[]): Promise<FileAnswer> {
  return binaryAnswer(blobTrees(ports, caller, uris));
}

async function* blobTrees(ports: Ports, caller: Caller, uris: readonly string[]): AsyncGenerator<StreamTree> {
  for (const uri of new Set(uris)) {
    const blob = uri === '' ? undefined : await blobOfUri(ports, caller, uri);
    if (!blob || blob.sizeBytes >= CODEC_LIMITS.valueBytes) continue;
    yield { [uri]: await bytesOf(ports, blob.storageKey) };
  }
}

/** All bytes of a stored file. */
export async function bytesOf({ storage }: Pick<Ports, 'storage'>, key: string): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of await storage.read(key)) parts.push(part as Uint8Array);
  return Buffer.concat(parts);
}
