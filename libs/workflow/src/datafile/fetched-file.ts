import type { EntityManager } from 'typeorm';

import { AppError } from '#contract';
import { DatafileEntity, type FetchedFile } from '#persistence';

import { rowById } from '../rows.js';

/**
 * One file of a datafile: the one named, or the only one.
 * @throws AppError `datafile-not-found`, `datafile-not-ready`, `datafile-file-unknown` {name, known}.
 */
export async function fetchedFile(
  manager: EntityManager,
  id: number,
  name: string | null | undefined,
): Promise<FetchedFile> {
  const { status, files } = await rowById(manager, DatafileEntity, id, 'datafile-not-found');
  if (status !== 'ready') throw new AppError('datafile-not-ready', { id });
  const found = name == null ? (files.length === 1 ? files[0] : undefined) : files.find((file) => file.name === name);
  if (found) return found;
  const known = files.map((file) => file.name).join(', ');
  throw new AppError('datafile-file-unknown', { name: name ?? '', known: known.slice(0, 500) });
}
