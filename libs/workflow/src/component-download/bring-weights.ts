import { rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { AppError, type ComponentManifest } from '#contract';
import { downloadKey } from '#storage';

import type { Ports } from '../ports.js';
import { checkGguf } from './check-gguf.js';
import { fetchFile, type FetchOptions } from './fetch-file.js';
import { findSource } from './find-source.js';
import { providedPath, RECORD_FILE, WEIGHTS_FILE, type WeightsRecord } from './weights.js';

/**
 * Makes the weights of a model usable: a file of the models directory as it lies there, else one that is fetched. The component's
 * download folder appears when everything is checked, or not at all; what was fetched so far waits for the next try.
 * @throws AppError `weights-unusable`, `download-failed`, `download-corrupt`, `storage-full`; the signal's reason.
 */
export async function bringWeights(
  ports: Ports,
  manifest: ComponentManifest,
  options: Omit<FetchOptions, 'name'>,
): Promise<void> {
  const { name } = manifest;
  const folder = await ports.storage.stage(downloadKey(name), 'resumed');
  const record = (await provided(ports, name)) ?? (await fetched(ports, manifest, folder.path, options));
  options.signal.throwIfAborted();
  await writeFile(join(folder.path, RECORD_FILE), JSON.stringify(record));
  await folder.publish();
}

async function provided(ports: Ports, name: string): Promise<WeightsRecord | null> {
  const path = providedPath(ports, name);
  const size = await stat(path).then(
    (entry) => (entry.isFile() ? entry.size : null),
    () => null,
  );
  if (size === null) return null;
  await checkGguf(name, path);
  return { place: 'models-directory', sizeBytes: size, sha256: null, source: `${name}.gguf` };
}

async function fetched(
  ports: Ports,
  manifest: ComponentManifest,
  folder: string,
  options: Omit<FetchOptions, 'name'>,
): Promise<WeightsRecord> {
  const { name } = manifest;
  const source = await findSource(ports, manifest, options.signal);
  // Named by what it shall be: another source never goes on with what this one left.
  const part = join(folder, `${source.sha256.toLowerCase()}.part`);
  const { sizeBytes } = await fetchFile(source, part, { ...options, name });
  try {
    await checkGguf(name, part);
  } catch (error) {
    if (error instanceof AppError) await ports.storage.remove(downloadKey(name));
    throw error;
  }
  await rename(part, join(folder, WEIGHTS_FILE));
  return { place: 'download', sizeBytes, sha256: source.sha256, source: source.url };
}
