import { AppError } from '#contract';

import { isDownloaded, requiresDownload } from '../component/download-state.js';
import { submitJob } from '../job/submit-job.js';
import type { Ports } from '../ports.js';

/**
 * Starts the download of a component, or answers the job that is at it already.
 * @throws AppError `component-not-found`, `component-not-downloadable`, `component-present`.
 */
export async function startDownload(ports: Ports, name: string, requestId: string | null): Promise<{ id: string }> {
  const manifest = ports.catalogue.get(name, undefined, 'component-not-found');
  if (!requiresDownload(manifest)) throw new AppError('component-not-downloadable', { name });
  if (await isDownloaded(ports, manifest)) throw new AppError('component-present', { name });
  try {
    return await submitJob(ports, { type: 'ComponentDownloadJob', kwargs: { component_name: name }, requestId });
  } catch (error) {
    if (error instanceof AppError && error.code === 'component-downloading') {
      const { id } = error.values;
      if (typeof id === 'string') return { id };
    }
    throw error;
  }
}
