import type { WireReport } from '#contract';
import { ModelSessionEntity, ReportEntity, RunEntity } from '#persistence';

import { checkChoice } from '../component/check-choice.js';
import type { Ports } from '../ports.js';
import { rowById } from '../rows.js';
import { wireReport } from './wire-report.js';

/** Creates a report that a ReportJob computes. @throws AppError `run-not-found`, `component-not-registered`, `parameters-invalid`. */
export async function createReport(
  ports: Ports,
  given: { run_id: number; report_name: string; parameters?: Record<string, unknown> | null | undefined },
): Promise<WireReport> {
  const { manager } = ports.db;
  const run = await rowById(manager, RunEntity, given.run_id, 'run-not-found');
  const session = await rowById(manager, ModelSessionEntity, run.model_session_id, 'model-session-not-found');
  const parameters = given.parameters ?? {};
  checkChoice(ports, session.task_name, { name: given.report_name, type: 'Report', parameters });
  const row = manager.create(ReportEntity, { run_id: run.id, report_name: given.report_name, parameters });
  const { id } = await manager.save(row);
  return wireReport(await rowById(manager, ReportEntity, id, 'report-not-found'));
}
