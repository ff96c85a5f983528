import { AppError, type Caller } from '#contract';
import type { TrackedProject, TrackedRun, TrackedSeries } from '#tracking';

import type { Ports } from '../ports.js';

/** A run the caller may see. @throws AppError `tracked-run-not-found`, also for what belongs to another project; `tracked-run-gone`. */
export async function visibleRun({ tracked }: Ports, caller: Caller, id: number): Promise<TrackedRun> {
  const run = await tracked.runs.get(id);
  if (caller.projectId !== null && run.projectId !== caller.projectId)
    throw new AppError('tracked-run-not-found', { id });
  return run;
}

/** A series of a run the caller may see. @throws AppError as {@link visibleRun}, `tracked-series-not-found`. */
export async function visibleSeries(
  ports: Ports,
  caller: Caller,
  { id, series_id: seriesId }: { readonly id: number; readonly series_id: number },
): Promise<TrackedSeries> {
  const run = await visibleRun(ports, caller, id);
  const series = await ports.tracked.series.get(seriesId);
  if (series.runId !== run.id) throw new AppError('tracked-series-not-found', { name: seriesId });
  return series;
}

/** The project a caller logs to: the one its token opens, whatever it names. @throws AppError `tracked-project-not-found`. */
export async function ownProject(
  { tracked }: Ports,
  caller: Caller,
  { namespace, project }: { readonly namespace: string; readonly project: string },
): Promise<TrackedProject> {
  return caller.projectId === null ? tracked.projects.open(namespace, project) : tracked.projects.get(caller.projectId);
}
