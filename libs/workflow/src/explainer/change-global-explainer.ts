import { GlobalExplainerEntity } from '#persistence';

import { overridden, restored } from '../artifact/overrides.js';
import { cancelJobsOf } from '../job/cancel-jobs-of.js';
import type { Ports } from '../ports.js';
import { changeRow, rowById } from '../rows.js';

/** Deletes an explainer with its results. @throws AppError `explainer-not-found`. */
export async function removeGlobalExplainer(ports: Ports, id: number): Promise<null> {
  const row = await rowById(ports.db.manager, GlobalExplainerEntity, id, 'explainer-not-found');
  await cancelJobsOf(ports, 'global_explainer', [id]);
  await ports.db.manager.delete(GlobalExplainerEntity, { id: row.id });
  return null;
}

/** Keeps an edited figure beside the computed one. @throws AppError `explainer-not-found`, `artifact-not-found`. */
export async function overrideGlobalExplainer(
  { db }: Ports,
  id: number,
  edit: { index: number; figure: string | Record<string, unknown> },
): Promise<{ status: 'ok' }> {
  await changeRow(db, explainer(id), (row) => ({
    plot_overrides: overridden(row.artifacts, row.plot_overrides, edit),
  }));
  return { status: 'ok' };
}

/** Returns to the computed figure. @throws AppError `explainer-not-found`. */
export async function restoreGlobalExplainer({ db }: Ports, id: number, index: number): Promise<{ status: 'ok' }> {
  await changeRow(db, explainer(id), (row) => ({ plot_overrides: restored(row.plot_overrides, index) }));
  return { status: 'ok' };
}

const explainer = (id: number) => ({ entity: GlobalExplainerEntity, id, missing: 'explainer-not-found' }) as const;
