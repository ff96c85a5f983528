import type { WireNotebook } from '#contract';
import { NotebookEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { changeRow, givenName } from '../rows.js';
import { wireNotebook } from './wire-notebook.js';

/** Renames a notebook; names need not be unique. @throws AppError `notebook-not-found`, `name-empty`. */
export async function renameNotebook({ db }: Ports, id: number, given: { name: string }): Promise<WireNotebook> {
  const notebook = { entity: NotebookEntity, id, missing: 'notebook-not-found' } as const;
  return wireNotebook(await changeRow(db, notebook, () => ({ name: givenName(given.name) })));
}
