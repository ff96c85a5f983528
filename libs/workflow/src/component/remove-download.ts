import { AppError } from '#contract';
import { downloadKey } from '#storage';

import type { Ports } from '../ports.js';
import { requiresDownload } from './download-state.js';

/**
 * Deletes the files a component downloaded; absent ones are fine.
 * @throws AppError `component-not-found`, `component-not-downloadable`.
 */
export async function removeDownload({ catalogue, storage }: Ports, name: string): Promise<null> {
  const manifest = catalogue.get(name, undefined, 'component-not-found');
  if (!requiresDownload(manifest)) throw new AppError('component-not-downloadable', { name });
  await storage.remove(downloadKey(manifest.name));
  return null;
}
