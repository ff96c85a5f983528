import type { Artifact, WireGlobalExplainer } from '#contract';
import { AppError, STATUS } from '#contract';
import { GlobalExplainerEntity } from '#persistence';

import { withOverrides } from '../artifact/overrides.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { wireGlobalExplainer } from './wire-explainer.js';

/** Global explainers, oldest first; an unknown run has none. */
export async function listGlobalExplainers(
  { db }: Ports,
  { run_id }: { run_id?: number | undefined },
): Promise<WireGlobalExplainer[]> {
  const rows = await db.manager.find(GlobalExplainerEntity, {
    where: run_id === undefined ? {} : { run_id },
    order: { id: 'ASC' },
  });
  return rows.map(wireGlobalExplainer);
}

/** The raw explanation. @throws AppError `explainer-not-found`, `explainer-not-finished`. */
export async function getGlobalExplanation(ports: Ports, id: number): Promise<Record<string, unknown>> {
  return (await finished(ports, id)).explanation ?? {};
}

/** Artifacts with edited figures in place. @throws AppError `explainer-not-found`, `explainer-not-finished`. */
export async function plotGlobalExplainer(ports: Ports, id: number): Promise<Artifact[]> {
  const { artifacts, plot_overrides } = await finished(ports, id);
  return withOverrides(artifacts ?? [], plot_overrides);
}

async function finished({ db }: Ports, id: number): Promise<GlobalExplainerEntity> {
  const row = await rowById(db.manager, GlobalExplainerEntity, id, 'explainer-not-found');
  if (row.status !== STATUS.finished) throw new AppError('explainer-not-finished', { id });
  return row;
}
