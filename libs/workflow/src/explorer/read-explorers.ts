import type { Artifact, Locale, WireExplorer } from '#contract';
import { AppError, STATUS } from '#contract';
import { ExplorerEntity } from '#persistence';

import { withOverrides } from '../artifact/overrides.js';
import { toldArtifacts } from '../artifact/told-artifacts.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { wireExplorer } from './wire-explorer.js';

/** Explorers, oldest first. */
export async function listExplorers(
  { db }: Ports,
  { skip, limit }: { skip: number; limit: number },
): Promise<WireExplorer[]> {
  const rows = await db.manager.find(ExplorerEntity, {
    order: { id: 'ASC' },
    skip,
    ...(limit > 0 ? { take: limit } : {}),
  });
  return rows.map(wireExplorer);
}

/** @throws AppError `explorer-not-found`. */
export async function getExplorer({ db }: Ports, id: number): Promise<WireExplorer> {
  return wireExplorer(await rowById(db.manager, ExplorerEntity, id, 'explorer-not-found'));
}

/** Artifacts in the reader's language with edited figures in place. @throws AppError `explorer-not-found`, `explorer-not-finished`. */
export async function explorerResults({ db }: Ports, id: number, locale: Locale): Promise<Artifact[]> {
  const row = await rowById(db.manager, ExplorerEntity, id, 'explorer-not-found');
  if (row.status !== STATUS.finished || row.artifacts === null) throw new AppError('explorer-not-finished', { id });
  return withOverrides(toldArtifacts(row.artifacts, locale), row.plot_overrides);
}
