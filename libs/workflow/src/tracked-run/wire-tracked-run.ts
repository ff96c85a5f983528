import {
  NON_FINITE,
  type WireTrackedPoints,
  type WireTrackedProject,
  type WireTrackedRun,
  type WireTrackedSeries,
} from '#contract';
import type { PointColumns, TrackedProject, TrackedRun, TrackedRunSummary, TrackedSeries } from '#tracking';

export function wireTrackedProject({ created, lastModified, ...project }: TrackedProject): WireTrackedProject {
  return { ...project, created: created.toISOString(), last_modified: lastModified.toISOString() };
}

export function wireTrackedRun(run: TrackedRun): WireTrackedRun {
  return wireTrackedSummary({
    ...run,
    startedAt: run.startedAt.toISOString(),
    endedAt: run.endedAt?.toISOString() ?? null,
    lastSeen: run.lastSeen.toISOString(),
    created: run.created.toISOString(),
    lastModified: run.lastModified.toISOString(),
  });
}

export function wireTrackedSummary(run: TrackedRunSummary): WireTrackedRun {
  return {
    id: run.id,
    project_id: run.projectId,
    ext_id: run.extId,
    folder: run.folder,
    name: run.name,
    description: run.description,
    status: run.status,
    archived: run.archived,
    source: run.source,
    training_run_id: run.trainingRunId,
    parent_run_id: run.parentRunId,
    tags: run.tags as string[],
    owner: run.owner,
    started_at: run.startedAt,
    ended_at: run.endedAt,
    last_seen: run.lastSeen,
    created: run.created,
    last_modified: run.lastModified,
  };
}

export function wireTrackedSeries(series: TrackedSeries): WireTrackedSeries {
  const finite = series.n - series.nonfinite;
  return {
    id: series.id,
    run_id: series.runId,
    kind: series.kind,
    name: series.name,
    context: series.context,
    count: series.n,
    first_x: series.firstX,
    last_x: series.lastX,
    first_value: series.firstValue === null ? null : wireNumber(series.firstValue),
    last_value: series.lastValue === null ? null : wireNumber(series.lastValue),
    min: series.min,
    max: series.max,
    mean: series.kind === 'number' && finite > 0 && Number.isFinite(series.sum) ? series.sum / finite : null,
    nonfinite: series.nonfinite,
  };
}

export function wireTrackedPoints({ xs, values, epochs, times }: PointColumns): WireTrackedPoints {
  const nonfinite: Record<string, Word> = {};
  for (const [at, value] of values.entries()) if (!Number.isFinite(value)) nonfinite[at] = wordOf(value);
  return {
    xs,
    values:
      Object.keys(nonfinite).length === 0 ? values : values.map((value) => (Number.isFinite(value) ? value : null)),
    epochs,
    times,
    nonfinite,
  };
}

type Word = (typeof NON_FINITE)[number];
/** A number as JSON has it, or the word for one it has not. */
export const wireNumber = (value: number): number | Word => (Number.isFinite(value) ? value : wordOf(value));

const wordOf = (value: number): Word => NON_FINITE.find((word) => word === String(value))!;
