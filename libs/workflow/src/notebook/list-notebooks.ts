import type { WireNotebook } from '#contract';
import { NotebookEntity } from '#persistence';

import type { Ports } from '../ports.js';
import { wireNotebook } from './wire-notebook.js';

/** All notebooks, oldest first. */
export async function listNotebooks({ db }: Ports): Promise<WireNotebook[]> {
  return (await db.manager.find(NotebookEntity, { order: { id: 'ASC' } })).map(wireNotebook);
}
