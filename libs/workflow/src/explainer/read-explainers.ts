import type { Artifact, Locale, WireGlobalExplainer, WireLocalExplainer } from '#contract';
import { AppError, STATUS } from '#contract';
import { GlobalExplainerEntity, LocalExplainerEntity } from '#persistence';

import { withOverrides } from '../artifact/overrides.js';
import { toldArtifacts } from '../artifact/told-artifacts.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { type ExplainerEntity, type ExplainerScope, scopedEntity } from './scoped-entity.js';
import { wireGlobalExplainer, wireLocalExplainer } from './wire-explainer.js';

const ofRun = (run_id: number | undefined) => ({
  where: run_id === undefined ? {} : { run_id },
  order: { id: 'ASC' as const },
});

/** Global explainers, oldest first; an unknown run has none. */
export async function listGlobalExplainers(
  { db }: Ports,
  { run_id }: { run_id?: number | undefined },
): Promise<WireGlobalExplainer[]> {
  return (await db.manager.find(GlobalExplainerEntity, ofRun(run_id))).map(wireGlobalExplainer);
}

/** Local explainers, oldest first; an unknown run has none. */
export async function listLocalExplainers(
  { db }: Ports,
  { run_id }: { run_id?: number | undefined },
): Promise<WireLocalExplainer[]> {
  return (await db.manager.find(LocalExplainerEntity, ofRun(run_id))).map(wireLocalExplainer);
}

/** The raw explanation. @throws AppError `explainer-not-found`, `explainer-not-finished`. */
export async function getExplanation(
  ports: Ports,
  scope: ExplainerScope,
  id: number,
): Promise<Record<string, unknown>> {
  return (await finished(ports, scope, id)).explanation ?? {};
}

/** Artifacts in the reader's language with edited figures in place and their stories told. @throws AppError `explainer-not-found`, `explainer-not-finished`. */
export async function plotExplainer(
  ports: Ports,
  scope: ExplainerScope,
  id: number,
  locale: Locale,
): Promise<Artifact[]> {
  const { artifacts, plot_overrides } = await finished(ports, scope, id);
  return withOverrides(toldArtifacts(artifacts ?? [], locale), plot_overrides);
}

async function finished({ db }: Ports, scope: ExplainerScope, id: number): Promise<ExplainerEntity> {
  const row = await rowById(db.manager, scopedEntity(scope), id, 'explainer-not-found');
  if (row.status !== STATUS.finished) throw new AppError('explainer-not-finished', { id });
  return row;
}
