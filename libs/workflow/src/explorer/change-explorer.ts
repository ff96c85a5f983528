import type { WireExplorer } from '#contract';
import { ExplorerEntity } from '#persistence';

import { overridden, restored } from '../artifact/overrides.js';
import { cancelJobsOf } from '../job/cancel-jobs-of.js';
import type { Ports } from '../ports.js';
import { changeRow, rowById } from '../rows.js';
import { checkExplorer, columnNames } from './check-explorer.js';
import { wireExplorer } from './wire-explorer.js';

/** Replaces columns, parameters and name; results stay until the explorer runs again. @throws AppError `explorer-not-found`, `component-not-found`, `explorer-parameters-invalid`, `explorer-columns-invalid`. */
export async function patchExplorer(
  ports: Ports,
  id: number,
  change: { columns: Record<string, unknown>[]; parameters: Record<string, unknown>; name?: string | null | undefined },
): Promise<WireExplorer> {
  const changed = await changeRow(ports.db, explorer(id), ({ exploration_type: type }) => {
    checkExplorer(ports, type, change.parameters);
    columnNames(change.columns);
    return { columns: change.columns, parameters: change.parameters, name: change.name ?? null };
  });
  return wireExplorer(changed);
}

/** Deletes an explorer with its results. @throws AppError `explorer-not-found`. */
export async function removeExplorer(ports: Ports, id: number): Promise<null> {
  const row = await rowById(ports.db.manager, ExplorerEntity, id, 'explorer-not-found');
  await cancelJobsOf(ports, 'explorer', [id]);
  await ports.db.manager.delete(ExplorerEntity, { id: row.id });
  return null;
}

/** Keeps an edited figure beside the computed one. @throws AppError `explorer-not-found`, `artifact-not-found`. */
export async function overrideExplorer(
  { db }: Ports,
  id: number,
  edit: { index: number; figure: string | Record<string, unknown> },
): Promise<{ message: string }> {
  await changeRow(db, explorer(id), (row) => ({ plot_overrides: overridden(row.artifacts, row.plot_overrides, edit) }));
  return { message: 'Explorer results updated successfully' };
}

/** Returns to the computed figure. @throws AppError `explorer-not-found`. */
export async function restoreExplorer({ db }: Ports, id: number, index: number): Promise<{ message: string }> {
  await changeRow(db, explorer(id), (row) => ({ plot_overrides: restored(row.plot_overrides, index) }));
  return { message: 'Explorer results restored successfully' };
}

const explorer = (id: number) => ({ entity: ExplorerEntity, id, missing: 'explorer-not-found' }) as const;
