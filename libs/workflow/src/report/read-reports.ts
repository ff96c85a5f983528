import type { Artifact, Locale, WireReport } from '#contract';
import { STATUS } from '#contract';
import { ReportEntity } from '#persistence';

import { withOverrides } from '../artifact/overrides.js';
import { toldArtifacts } from '../artifact/told-artifacts.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { wireReport } from './wire-report.js';

/** Reports, oldest first; an unknown run has none. */
export async function listReports({ db }: Ports, { run_id }: { run_id?: number | undefined }): Promise<WireReport[]> {
  const where = run_id === undefined ? {} : { run_id };
  return (await db.manager.find(ReportEntity, { where, order: { id: 'ASC' } })).map(wireReport);
}

/** Artifacts in the reader's language with edited figures in place, none until the report has run. @throws AppError `report-not-found`. */
export async function reportArtifacts({ db }: Ports, id: number, locale: Locale): Promise<Artifact[]> {
  const { status, artifacts, plot_overrides } = await rowById(db.manager, ReportEntity, id, 'report-not-found');
  return status === STATUS.finished ? withOverrides(toldArtifacts(artifacts ?? [], locale), plot_overrides) : [];
}
