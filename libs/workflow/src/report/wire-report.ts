import type { WireReport } from '#contract';
import { STATUS } from '#contract';
import type { ReportEntity } from '#persistence';

import { wireDate } from '../rows.js';

/** A report as the wire has it; its figures have a route of their own. */
export function wireReport(row: ReportEntity): WireReport {
  const { id, run_id, huey_id, report_name, parameters, plot_overrides, created, status } = row;
  const artifacts_path = status === STATUS.finished ? `report-${id}` : null;
  return {
    id,
    run_id,
    huey_id,
    report_name,
    parameters,
    artifacts_path,
    plot_overrides,
    created: wireDate(created),
    status,
  };
}
