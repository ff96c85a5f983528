import type { LeafArtifact, Locale, StoredLeaf } from '#contract';

import { toldLeaf } from '../artifact/told-artifacts.js';
import type { Ports } from '../ports.js';
import { finishedRun } from './finished-run.js';
import { PLOTS, readPlot } from './run-files.js';

/** Plot 1 history, 2 slice, 3 contour, any other importance. @throws AppError `run-not-found`, `run-not-finished`, `plot-not-found`. */
export async function plotRun(
  { db, storage }: Ports,
  id: number,
  plotType: number,
  locale: Locale,
): Promise<LeafArtifact> {
  const run = await finishedRun(db.manager, id);
  return toldLeaf((await readPlot(storage, run, PLOTS[plotType - 1] ?? 'importance')) as StoredLeaf, locale);
}
