import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { isoNow } from '../clock.js';
import { copyChecked, copyHashed } from '../files/bytes.js';
import type { FileAbout, FileEntry, NewFile } from '../sink.js';
import { snowflake } from '../values/snowflake.js';
import { readDocument, writeDocument } from './json-lines.js';
import { locked } from './lock.js';
import { segmentsOf } from './safe-name.js';

type Changeable = { -readonly [K in keyof FileEntry]: FileEntry[K] };
interface Index {
  files: Changeable[];
}

/** Keeps a file; one that has its place already goes, with its bytes. */
export async function saveFile(folder: string, runId: string, file: NewFile): Promise<FileEntry> {
  const id = snowflake();
  const place = bytesOf(folder, { id, path: file.path, filename: file.filename });
  mkdirSync(join(place, '..'), { recursive: true });
  const { sizeBytes, checksum } = await copyHashed(file.source, place).catch((error: unknown) => {
    rmSync(join(place, '..'), { recursive: true, force: true });
    throw error;
  });
  const moment = isoNow();
  const entry: FileEntry = {
    id,
    experimentId: runId,
    path: file.path,
    filename: file.filename,
    description: file.description ?? null,
    tags: file.tags ?? [],
    bindrs: file.bindrs ?? [],
    contentType: file.contentType,
    sizeBytes,
    checksum,
    metadata: file.metadata ?? null,
    uploadedAt: moment,
    updatedAt: moment,
    deletedAt: null,
  };
  changeIndex(folder, (index) => {
    const before = index.files.findIndex((other) => isSamePlace(other, entry) && other.deletedAt === null);
    if (before < 0) index.files.push(entry);
    else {
      rmSync(join(bytesOf(folder, index.files[before]!), '..'), { recursive: true, force: true });
      index.files[before] = entry;
    }
  });
  return entry;
}

/** The files of a run that are not deleted. */
export const listFiles = (folder: string): FileEntry[] =>
  (readDocument<Index>(indexOf(folder))?.files ?? []).filter(({ deletedAt }) => deletedAt === null);

/** Copies a file out. */
export async function fetchFile(folder: string, id: string, destination: string): Promise<void> {
  const entry = listFiles(folder).find((file) => file.id === id);
  const place = entry && bytesOf(folder, entry);
  if (!entry || !existsSync(place!)) throw new Error(`There is no file ${id} in ${folder}`);
  await copyChecked(place!, destination, entry.checksum);
}

/** Changes what is said of a file. */
export const changeFile = (folder: string, id: string, about: FileAbout): FileEntry =>
  changeEntry(folder, id, (file) => Object.assign(file, about));

/** Marks a file as deleted; its bytes stay. */
export function removeFile(folder: string, id: string): { id: string; deletedAt: string } {
  const { updatedAt } = changeEntry(folder, id, (file) => {
    file.deletedAt = isoNow();
  });
  return { id, deletedAt: updatedAt };
}

function changeEntry(folder: string, id: string, change: (file: Changeable) => void): FileEntry {
  return changeIndex(folder, (index) => {
    const file = index.files.find((entry) => entry.id === id && entry.deletedAt === null);
    if (!file) throw new Error(`There is no file ${id} in ${folder}`);
    change(file);
    file.updatedAt = file.deletedAt ?? isoNow();
    return file;
  });
}

function changeIndex<T>(folder: string, change: (index: Index) => T): T {
  return locked(join(folder, 'files', '.files_metadata.lock'), () => {
    const index = readDocument<Index>(indexOf(folder)) ?? { files: [] };
    const answer = change(index);
    writeDocument(indexOf(folder), index);
    return answer;
  });
}

const indexOf = (folder: string): string => join(folder, 'files', '.files_metadata.json');
const isSamePlace = (a: FileEntry, b: FileEntry): boolean => a.path === b.path && a.filename === b.filename;

/** Names in the index may have been written by anybody: none leads out of the folder. */
function bytesOf(folder: string, { path, id, filename }: Pick<FileEntry, 'path' | 'id' | 'filename'>): string {
  return join(folder, 'files', ...segmentsOf(path), ...segmentsOf(id), ...segmentsOf(filename));
}
