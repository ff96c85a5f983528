import type { WireConverter, WireExplorer } from '#contract';
import { ConverterEntity, ExplorerEntity } from '#persistence';

import { wireConverter } from '../converter/wire-converter.js';
import { wireExplorer } from '../explorer/wire-explorer.js';
import type { Ports } from '../ports.js';

/** Explorers of a notebook, oldest first; an unknown notebook has none. */
export async function notebookExplorers(
  { db }: Ports,
  id: number,
  { skip, limit }: { skip: number; limit: number },
): Promise<WireExplorer[]> {
  const rows = await db.manager.find(ExplorerEntity, {
    where: { notebook_id: id },
    order: { id: 'ASC' },
    skip,
    ...(limit > 0 ? { take: limit } : {}),
  });
  return rows.map(wireExplorer);
}

/** Converters of a notebook in any status, oldest first. */
export async function notebookConverters({ db }: Ports, id: number): Promise<WireConverter[]> {
  return (await db.manager.find(ConverterEntity, { where: { notebook_id: id }, order: { id: 'ASC' } })).map(
    wireConverter,
  );
}
