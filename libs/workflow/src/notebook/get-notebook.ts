import type { WireNotebook } from '#contract';
import { NotebookEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { wireNotebook } from './wire-notebook.js';

/** @throws AppError `notebook-not-found`. */
export async function getNotebook({ db }: Ports, id: number): Promise<WireNotebook> {
  return wireNotebook(await rowById(db.manager, NotebookEntity, id, 'notebook-not-found'));
}
