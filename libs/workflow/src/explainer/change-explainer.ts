import { In } from 'typeorm';

import { LocalExplainerEntity } from '#persistence';
import { tableKey } from '#storage';

import { overridden, restored } from '../artifact/overrides.js';
import { cancelJobsOf } from '../job/cancel-jobs-of.js';
import type { Ports } from '../ports.js';
import { changeRow, rowById } from '../rows.js';
import { explainerRef, type ExplainerScope, scopedEntity } from './scoped-entity.js';

/** Deletes an explainer with its results. @throws AppError `explainer-not-found`. */
export async function removeExplainer(ports: Ports, scope: ExplainerScope, id: number): Promise<null> {
  await rowById(ports.db.manager, scopedEntity(scope), id, 'explainer-not-found');
  await removeExplainers(ports, scope, [id]);
  return null;
}

/** Stops and deletes explainers with the tables they kept; answers how many. */
export async function removeExplainers(ports: Ports, scope: ExplainerScope, ids: readonly number[]): Promise<number> {
  const { manager } = ports.db;
  const where = { id: In([...ids]) };
  await cancelJobsOf(ports, `${scope}_explainer`, ids);
  const kept = scope === 'local' ? await manager.findBy(LocalExplainerEntity, where) : [];
  const { affected } = await manager.delete(scopedEntity(scope), where);
  for (const { input_dataset_path: token } of kept) if (token !== null) await ports.storage.remove(tableKey(token));
  return affected ?? 0;
}

/**
 * Keeps an edited figure beside the computed one.
 * @throws AppError `explainer-scope-unknown`, `explainer-not-found`, `artifact-not-found`.
 */
export async function overrideExplainer(
  { db }: Ports,
  { scope, id }: { scope: string; id: number },
  edit: { index: number; figure: string | Record<string, unknown> },
): Promise<{ status: 'ok' }> {
  await changeRow(db, explainerRef(scope, id), ({ artifacts, plot_overrides }) => ({
    plot_overrides: overridden(artifacts, plot_overrides, edit),
  }));
  return { status: 'ok' };
}

/**
 * Returns to the computed figure; one that was never edited stays as it is.
 * @throws AppError `explainer-scope-unknown`, `explainer-not-found`.
 */
export async function restoreExplainer(
  { db }: Ports,
  { scope, id, index }: { scope: string; id: number; index: number },
): Promise<{ status: 'ok' }> {
  await changeRow(db, explainerRef(scope, id), ({ plot_overrides }) => ({
    plot_overrides: restored(plot_overrides, index),
  }));
  return { status: 'ok' };
}
