import type { LeafArtifact, Locale, StoredLeaf } from '#contract';
import { AppError, STATUS } from '#contract';
import { RunEntity } from '#persistence';

import { toldLeaf } from '../artifact/told-artifacts.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { PLOTS, readPlot } from './run-files.js';

/** Plot 1 history, 2 slice, 3 contour, any other importance. @throws AppError `run-not-found`, `run-not-finished`, `plot-not-found`. */
export async function plotRun(
  { db, storage }: Ports,
  id: number,
  plotType: number,
  locale: Locale,
): Promise<LeafArtifact> {
  const run = await rowById(db.manager, RunEntity, id, 'run-not-found');
  if (run.status !== STATUS.finished) throw new AppError('run-not-finished', { id });
  return toldLeaf((await readPlot(storage, run, PLOTS[plotType - 1] ?? 'importance')) as StoredLeaf, locale);
}
