import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { createClient } from '#client';

import { findToken } from '../access/tokens.js';
import { readSettings } from '../settings.js';
import { findSwanlog, packFolder } from './pack-folder.js';

const POLL_MS = 500;

/** Where a log folder goes. */
export interface ImportOptions {
  readonly dashUrl: string;
  /** `slug` or `namespace/slug`, made when there is none; the caller's `default` when absent. */
  readonly project?: string;
  readonly token?: string;
  readonly signal?: AbortSignal;
  /** In percent, once the server reads. */
  readonly onProgress?: (progress: number) => void;
}
/** What was imported, and what was left out. */
export interface ImportedSwanlog {
  readonly projectId: number;
  /** `created` is false for runs that were there and have been brought up to date. */
  readonly runs: readonly {
    readonly id: number;
    readonly runId: string;
    readonly name: string;
    readonly created: boolean;
  }[];
  readonly skipped: readonly { readonly directory: string; readonly code: string; readonly reason: string }[];
}

/**
 * Brings a log folder of SwanLab, or an archive of one, to a server and waits until it is imported. A folder is packed as it is sent.
 * @throws Error when the folder is none, or the server imports nothing; HttpError when it refuses.
 */
export async function importSwanlog(path: string, options: ImportOptions): Promise<ImportedSwanlog> {
  const { dashUrl, project, signal, onProgress } = options;
  const token = options.token ?? findToken(readSettings());
  const client = createClient({ baseUrl: dashUrl, ...(token === undefined ? {} : { token }) });
  const { id } = await client.trackedImport.create({
    form: project === undefined ? {} : { project },
    files: [await fileOf(path, signal)],
    ...(signal ? { signal } : {}),
  });
  let told = -1;
  for (;;) {
    const { status, progress, error, result } = await client.trackedImport.get({ params: { id } });
    if (progress !== null && progress > told) onProgress?.((told = progress));
    if (result !== null) {
      const runs = result.runs.map(({ run_id: runId, ...run }) => ({ ...run, runId }));
      return { projectId: result.project_id, runs, skipped: result.skipped };
    }
    if (status !== 'not_started' && status !== 'started') throw new Error(error ?? `The import ended as ${status}`);
    await sleep(POLL_MS, undefined, signal ? { signal } : {});
  }
}

async function fileOf(path: string, signal?: AbortSignal) {
  const found = await stat(path).catch(() => undefined);
  if (found === undefined) throw new Error(`There is no ${path}`);
  if (!found.isDirectory()) return { field: 'file', content: await openAsBlob(path), filename: basename(path) };
  return { field: 'file', content: packFolder(await findSwanlog(path), signal), filename: 'swanlog.tar.gz' };
}
