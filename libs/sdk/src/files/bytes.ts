import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { extname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const TYPES: Readonly<Record<string, string>> = {
  '.txt': 'text/plain', '.log': 'text/plain', '.md': 'text/markdown', '.csv': 'text/csv', '.html': 'text/html',
  '.json': 'application/json', '.jsonl': 'application/x-ndjson', '.yaml': 'application/yaml', '.yml': 'application/yaml',
  '.xml': 'application/xml', '.pdf': 'application/pdf', '.zip': 'application/zip', '.gz': 'application/gzip', '.tar': 'application/x-tar',
  '.png': 'image/png', '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg', '.gif': 'image/gif', '.webp': 'image/webp', '.svg': 'image/svg+xml',
  '.mp4': 'video/mp4', '.webm': 'video/webm', '.wav': 'audio/wav', '.mp3': 'audio/mpeg', '.parquet': 'application/vnd.apache.parquet',
}; // prettier-ignore

/** The media type a file name tells. */
export const contentTypeOf = (filename: string): string =>
  TYPES[extname(filename).toLowerCase()] ?? 'application/octet-stream';

/** Copies a file as it is read; answers its size and its SHA-256. */
export async function copyHashed(
  source: string,
  destination: string,
): Promise<{ sizeBytes: number; checksum: string }> {
  const hash = createHash('sha256');
  let sizeBytes = 0;
  const watch = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      done(null, chunk);
    },
  });
  await pipeline(createReadStream(source), watch, createWriteStream(destination));
  return { sizeBytes, checksum: hash.digest('hex') };
}

/** Copies a file and takes the copy away again when it is not the one that was promised. */
export async function copyChecked(source: string, destination: string, checksum: string): Promise<void> {
  const copy = await copyHashed(source, destination);
  await keepIfEqual(destination, copy.checksum, checksum);
}

/** @throws Error after removing the file when the checksums differ. */
export async function keepIfEqual(file: string, got: string, promised: string): Promise<void> {
  if (promised === '' || got === promised) return;
  await rm(file, { force: true });
  throw new Error(`The bytes of ${file} are not those that were saved: SHA-256 ${got} instead of ${promised}`);
}
