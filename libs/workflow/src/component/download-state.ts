import type { Ports } from '../ports.js';

/** Every component so far ships with Millrace. @throws AppError `component-not-found`. */
export function downloadState({ catalogue }: Ports, name: string): { downloaded: boolean; requires_download: boolean } {
  catalogue.get(name, undefined, 'component-not-found');
  return { downloaded: true, requires_download: false };
}
