import { randomUUID } from 'node:crypto';

import { AppError } from '#contract';

/** What a token's table belongs to; `rows` are those a converter made or an explainer explained. */
export const TOKEN_KINDS = ['dataset', 'notebook', 'prediction', 'rows'] as const;
/** One of {@link TOKEN_KINDS}. */
export type TokenKind = (typeof TOKEN_KINDS)[number];

const TOKEN = new RegExp(`^(${TOKEN_KINDS.join('|')})-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$`);

/** A new path token, `<kind>-<uuid>`: what `file_path` and `results_path` hold on the wire. */
export function newToken(kind: TokenKind): string {
  return `${kind}-${randomUUID()}`;
}

/**
 * The storage key of the table a token names: `tables/<kind>-<uuid>`.
 * @throws AppError `path-token-invalid` for anything that is not exactly a token; nothing is ever joined to a folder unchecked.
 */
export function tableKey(token: string): string {
  if (!TOKEN.test(token)) throw new AppError('path-token-invalid');
  return `tables/${token}`;
}

/** Whether a name is exactly a path token. */
export const isToken = (name: string): boolean => TOKEN.test(name);

/** Folder of what a component downloaded; it appears whole, under the component's name (a word), or not at all. */
export const downloadKey = (component: string): string => `downloads/${component}`;

/** A media file of a generative process, by the name its data row holds: `<uuid>.<extension>`. */
export const mediaKey = (name: string): string => `media/${name}`;

/** An installed plugin's package, as it came from its registry; each installation has its own. */
export const pluginKey = (id: string): string => `plugins/${id}.tgz`;

/** Bytes that training scripts logged; the blob's row owns them. */
export const trackedKey = (id: string): string => `tracked/${id}`;

/** Folder of what was fetched from a hub; each attempt writes below its own name. */
export const datafileKey = (id: number): string => `datafiles/${id}`;

/** Where an uploaded file waits for its job. */
export const uploadKey = (jobId: string): string => `uploads/${jobId}`;

/** A blob of a tracked project: bytes somebody logged. */
export const trackedBlobKey = (id: string): string => `blobs/${id}`;

/** Folder of what an import took out of an archive, while it lasts. */
export const importKey = (jobId: string, attempt: number): string => `imports/${jobId}-${attempt}`;

/** Folder of a run's results; each attempt writes below its own name so that a zombie never overwrites. */
export const runKey = (runId: number): string => `runs/${runId}`;
/** The beginning of every key one attempt at training writes: `runs/<run>/<job>-<attempt>`. */
export const runAttemptKey = (runId: number, jobId: string, attempt: number): string =>
  `${runKey(runId)}/${jobId}-${attempt}`;
