import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { z } from 'zod';

import { AppError } from '#contract';
import { downloadKey } from '#storage';

import type { Ports } from '../ports.js';

/** What lies in a component's download folder beside the weights, or instead of those that stay in the models directory. */
export const WeightsRecord = z.object({
  place: z.enum(['download', 'models-directory']),
  sizeBytes: z.int(),
  sha256: z.string().nullable(),
  /** The repository, the operator's address or the file it came from; for people. */
  source: z.string(),
});
export type WeightsRecord = z.infer<typeof WeightsRecord>;

export const RECORD_FILE = 'weights.json';
export const WEIGHTS_FILE = 'model.gguf';

/** Where an operator puts the weights of a component; component names are words of our own registry, never a client's. */
export const providedPath = ({ config }: Pick<Ports, 'config'>, name: string): string =>
  join(config.modelsDir, `${name}.gguf`);

/** The weights of a downloaded component. @throws AppError `weights-unusable` when what was downloaded is not there any more. */
export async function weightsPath(ports: Ports, name: string): Promise<string> {
  const folder = await ports.storage.materialise(downloadKey(name));
  try {
    const record = WeightsRecord.parse(JSON.parse(await readFile(join(folder, RECORD_FILE), 'utf8')));
    const path = record.place === 'download' ? join(folder, WEIGHTS_FILE) : providedPath(ports, name);
    await stat(path);
    return path;
  } catch {
    throw new AppError('weights-unusable', { name, reason: 'ENOENT' });
  }
}
