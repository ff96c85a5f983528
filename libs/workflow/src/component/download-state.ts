import type { ComponentManifest } from '#contract';
import { downloadKey } from '#storage';

import type { Ports } from '../ports.js';

/** Whether a component works only with files that its own download brings. */
export const requiresDownload = ({ metadata }: ComponentManifest): boolean => metadata['requires_download'] === true;

/** Looked up anew each time: the download runs in a worker. */
export async function isDownloaded({ storage }: Ports, manifest: ComponentManifest): Promise<boolean> {
  return !requiresDownload(manifest) || (await storage.exists(downloadKey(manifest.name)));
}

/** @throws AppError `component-not-found`. */
export async function downloadState(
  ports: Ports,
  name: string,
): Promise<{ downloaded: boolean; requires_download: boolean }> {
  const manifest = ports.catalogue.get(name, undefined, 'component-not-found');
  return { downloaded: await isDownloaded(ports, manifest), requires_download: requiresDownload(manifest) };
}
