import { In } from 'typeorm';

import { ReportEntity } from '#persistence';

import { overridden, restored } from '../artifact/overrides.js';
import { cancelJobsOf } from '../job/cancel-jobs-of.js';
import type { Ports } from '../ports.js';
import { changeRow, rowById } from '../rows.js';

const report = (id: number) => ({ entity: ReportEntity, id, missing: 'report-not-found' }) as const;

/** Deletes a report with its figures. @throws AppError `report-not-found`. */
export async function removeReport(ports: Ports, id: number): Promise<null> {
  await rowById(ports.db.manager, ReportEntity, id, 'report-not-found');
  await removeReports(ports, [id]);
  return null;
}

/** Stops and deletes reports; answers how many. */
export async function removeReports(ports: Ports, ids: readonly number[]): Promise<number> {
  await cancelJobsOf(ports, 'report', ids);
  return (await ports.db.manager.delete(ReportEntity, { id: In([...ids]) })).affected ?? 0;
}

/** Keeps an edited figure beside the computed one. @throws AppError `report-not-found`, `artifact-not-found`. */
export async function overrideReport(
  { db }: Ports,
  id: number,
  edit: { index: number; figure: string | Record<string, unknown> },
): Promise<{ status: 'ok' }> {
  await changeRow(db, report(id), ({ artifacts, plot_overrides }) => ({
    plot_overrides: overridden(artifacts, plot_overrides, edit),
  }));
  return { status: 'ok' };
}

/** Returns to the computed figure; one that was never edited stays as it is. @throws AppError `report-not-found`. */
export async function restoreReport({ db }: Ports, id: number, index: number): Promise<{ status: 'ok' }> {
  await changeRow(db, report(id), ({ plot_overrides }) => ({ plot_overrides: restored(plot_overrides, index) }));
  return { status: 'ok' };
}
