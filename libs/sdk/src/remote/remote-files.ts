import { createHash } from 'node:crypto';
import { createWriteStream, openAsBlob } from 'node:fs';
import { rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';

import { HttpError } from '#client';

import { keepIfEqual } from '../files/bytes.js';
import type { FileAbout, FileEntry } from '../sink.js';
import type { Api } from './api.js';
import { again, idOf, type RemoteRun } from './open-remote-run.js';
import type { FileParcel } from './parcel.js';

const PAGE = 500;
const FILES = `query Files($id: ID!, $limit: Int!, $offset: Int!) { experimentById(id: $id) { filesPaginated(limit: $limit, offset: $offset) {
  files { id name description tags metadata createdAt pPath physicalFile { filename contentType sizeBytes checksum } } hasMore } } }`;

interface WireFile {
  readonly id: unknown;
  readonly name: string;
  readonly description: string | null;
  readonly tags: readonly string[] | null;
  readonly metadata: Readonly<Record<string, unknown>> | null;
  readonly createdAt: string;
  readonly pPath: string | null;
  readonly physicalFile: { contentType: string; sizeBytes: number | string; checksum: string } | null;
}
interface Page {
  readonly files: readonly WireFile[];
  readonly hasMore: boolean;
}

/** Uploads a file below its folders; the same name in the same folder again replaces it. */
export async function uploadFile(api: Api, owner: string, run: RemoteRun, parcel: FileParcel): Promise<void> {
  const path = `/namespaces/${encodeURIComponent(owner)}/nodes`;
  const place = { projectId: run.projectId, experimentId: run.experimentId };
  let parentId = run.nodeId;
  for (const name of parcel.folder.split('/').filter((part) => part !== '')) {
    const folder = JSON.stringify({ type: 'FOLDER', ...place, parentId, name });
    const made = await again(() => api.sendText<{ node?: { id?: unknown } }>('POST', path, folder));
    parentId = idOf(made.node, 'folder');
  }
  const form = new FormData();
  const fields = {
    type: 'FILE',
    ...place,
    parentId,
    name: parcel.filename,
    checksum: parcel.checksum,
    ...parcel.fields,
  };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set('file', await openAsBlob(parcel.bytes, { type: parcel.contentType }), parcel.filename);
  await api.sendForm(path, form);
}

/** The form fields that describe a file; bindrs travel with the metadata, the protocol has no place for them. */
export function fieldsOf({ description, tags, bindrs, metadata }: FileAbout): Record<string, string> {
  const more = bindrs === undefined ? metadata : { ...metadata, bindrs };
  return {
    ...(description === undefined ? {} : { description }),
    ...(tags === undefined || tags.length === 0 ? {} : { tags: tags.join(',') }),
    ...(more === undefined ? {} : { metadata: JSON.stringify(more) }),
  };
}

/** Every file of a run. */
export async function listRemoteFiles(api: Api, run: RemoteRun): Promise<FileEntry[]> {
  const entries: FileEntry[] = [];
  for (;;) {
    const variables = { id: run.experimentId, limit: PAGE, offset: entries.length };
    const answer = await api.graphql<{ experimentById: { filesPaginated: Page } | null }>(FILES, variables);
    const page = answer.experimentById?.filesPaginated;
    if (!page) throw new HttpError(404, 'tracked-run-not-found', 'The server does not know the run any more');
    entries.push(...page.files.map((file) => entryOf(run, file)));
    if (!page.hasMore || page.files.length === 0) return entries;
  }
}

function entryOf({ experimentId }: RemoteRun, file: WireFile): FileEntry {
  const { bindrs, ...metadata } = file.metadata ?? {};
  const moment = file.createdAt;
  return {
    id: String(file.id),
    experimentId,
    path: folderOfPath(file.pPath ?? file.name, file.name),
    filename: file.name,
    description: file.description,
    tags: file.tags ?? [],
    bindrs: Array.isArray(bindrs) ? (bindrs as string[]) : [],
    contentType: file.physicalFile?.contentType ?? 'application/octet-stream',
    sizeBytes: Number(file.physicalFile?.sizeBytes ?? 0),
    checksum: file.physicalFile?.checksum ?? '',
    metadata: Object.keys(metadata).length === 0 ? null : metadata,
    uploadedAt: moment,
    updatedAt: moment,
    deletedAt: null,
  };
}

/** A path with the file's name at its end, or the folder alone. */
function folderOfPath(path: string, name: string): string {
  const parts = path.split('/').filter((part) => part !== '');
  if (parts.at(-1) === name) parts.pop();
  return `/${parts.join('/')}`;
}

/** Writes a file to disk and checks its bytes. */
export async function downloadFile(api: Api, { id, checksum }: FileEntry, destination: string): Promise<void> {
  const hash = createHash('sha256');
  await api.download(`/nodes/${encodeURIComponent(id)}/download`, async (answer) => {
    const source = Readable.fromWeb(answer.body as ReadableStream<Uint8Array>);
    source.on('data', (chunk: Uint8Array) => hash.update(chunk));
    await pipeline(source, createWriteStream(destination)).catch(async (error: unknown) => {
      await rm(destination, { force: true });
      throw error;
    });
  });
  await keepIfEqual(destination, hash.digest('hex'), checksum);
}
