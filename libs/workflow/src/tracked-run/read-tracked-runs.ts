import type { Caller, TrackedRunsQuery, WireTrackedProject, WireTrackedRun, WireTrackedSeries } from '#contract';

import type { Ports } from '../ports.js';
import { visibleRun } from './tracked-run-scope.js';
import { wireTrackedProject, wireTrackedRun, wireTrackedSeries, wireTrackedSummary } from './wire-tracked-run.js';

/** The projects a caller may see. */
export async function listTrackedProjects({ tracked }: Ports, { projectId }: Caller): Promise<WireTrackedProject[]> {
  return (await tracked.projects.list(projectId === null ? {} : { id: projectId })).map(wireTrackedProject);
}

/** A page of the runs a caller may see, newest first. */
export async function listTrackedRuns(
  { tracked }: Ports,
  { projectId: own }: Caller,
  { project_id: asked, status, ...filter }: TrackedRunsQuery,
): Promise<{ runs: WireTrackedRun[]; total: number }> {
  if (own !== null && asked !== undefined && asked !== own) return { runs: [], total: 0 };
  const projectId = own ?? asked;
  const { runs, total } = await tracked.runs.summaries({
    limit: filter.limit,
    offset: filter.offset,
    ...(projectId === undefined ? {} : { projectId }),
    ...(status === undefined ? {} : { statuses: [status] }),
    ...(filter.archived === undefined ? {} : { archived: filter.archived }),
    ...(filter.folder === undefined ? {} : { folder: filter.folder }),
    ...(filter.search === undefined ? {} : { search: filter.search }),
  });
  return { runs: runs.map(wireTrackedSummary), total };
}

/** One run. @throws AppError `tracked-run-not-found`, `tracked-run-gone`. */
export async function getTrackedRun(ports: Ports, caller: Caller, id: number): Promise<WireTrackedRun> {
  return wireTrackedRun(await visibleRun(ports, caller, id));
}

/** Its parameters, the tree. @throws AppError `tracked-run-not-found`, `tracked-run-gone`. */
export async function trackedParams(ports: Ports, caller: Caller, id: number): Promise<Record<string, unknown>> {
  return (await visibleRun(ports, caller, id)).params;
}

/** Its series with their statistics. @throws AppError `tracked-run-not-found`, `tracked-run-gone`. */
export async function listTrackedSeries(ports: Ports, caller: Caller, id: number): Promise<WireTrackedSeries[]> {
  await visibleRun(ports, caller, id);
  return (await ports.tracked.series.list([id])).map(wireTrackedSeries);
}
