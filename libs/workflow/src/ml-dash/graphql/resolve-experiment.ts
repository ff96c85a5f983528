import { findExperiment, findExperiments, type TrackedProject, type TrackedRun } from '#tracking';

import { flattened } from '../flattened.js';
import { globExpression } from '../glob.js';
import { sees } from '../visible.js';
import { STATUS_WORDS, statusesOf } from '../wire-ml-dash.js';
import type { Asking } from './loaders.js';
import { projectField } from './resolve-project.js';
import { fileField, idOf, pageOf, type Paging, resolveFiles } from './resolve-tree.js';

/** Fields of an experiment; those that cost a statement are functions, and batched. */
export const experimentField = (asking: Asking, run: TrackedRun) => ({
  id: `${run.id}`,
  name: run.name,
  description: run.description,
  tags: run.tags,
  bindrs: run.bindrs,
  status: run.archived ? 'ARCHIVED' : STATUS_WORDS[run.status],
  metadata: run.metadata,
  projectId: `${run.projectId}`,
  project: async () => projectField(asking, await asking.project.load(run.projectId)),
  startedAt: run.startedAt.toISOString(),
  endedAt: run.endedAt?.toISOString() ?? null,
  createdAt: run.created.toISOString(),
  updatedAt: run.lastModified.toISOString(),
  displayPath: run.folder === '' ? run.name : `${run.folder}/${run.name}`,
  trackCount: () => asking.trackCount.load(run.id),
  logMetadata: async () => ({ totalLogs: await asking.logCount.load(run.id) }),
  metrics: async () =>
    (await asking.metrics.load(run.id)).map(({ id, name, description, tags, metadata, total }) => ({
      id,
      name,
      description,
      tags: tags ?? [],
      metadata,
      metricMetadata: { totalDataPoints: total },
    })),
  files: async () => (await asking.files.load(run.id)).map(fileField),
  filesPaginated: (page: Paging) => resolveFiles(asking, run.id, page),
  // The tree came with the run: no statement is needed for its leaves.
  parameters: () => (run.paramsVersion === 0 ? null : { id: `${run.id}`, data: flattened(run.params) }),
});

/** A run the caller may see, null otherwise. */
export async function findRun({ ports, caller }: Asking, text: string): Promise<TrackedRun | null> {
  const id = idOf(text);
  if (id === undefined) return null;
  const { runs } = await ports.tracked.runs.list({ ids: [id], limit: 1 });
  return runs.find((run) => sees(caller, run.projectId)) ?? null;
}

/** The experiment of this name, or path, in a project. */
export async function resolveExperiment(asking: Asking, project: TrackedProject | undefined, name: string) {
  const id = project && (await findExperiment(asking.ports.db, project.id, name));
  const run = id === undefined ? null : await findRun(asking, `${id}`);
  return run && experimentField(asking, run);
}

/** A page of a project's experiments. */
export async function resolveExperiments(
  asking: Asking,
  project: TrackedProject | undefined,
  { status, ...asked }: Paging & { readonly status?: string | null },
) {
  const { limit, offset } = pageOf(asked);
  if (project === undefined) return { experiments: [], totalCount: 0, hasMore: false };
  const filter =
    status == null
      ? {}
      : status === 'ARCHIVED'
        ? { archived: true }
        : { statuses: statusesOf(status), archived: false };
  const { runs, total } = await asking.ports.tracked.runs.list({ projectId: project.id, limit, offset, ...filter });
  return experimentPage(asking, runs, total, offset);
}

/** A page of the experiments whose place matches a glob. */
export async function searchExperiments(asking: Asking, { pattern, ...asked }: Paging & { readonly pattern: string }) {
  const { limit, offset } = pageOf(asked);
  const { ports, caller } = asking;
  const expression = globExpression(pattern.slice(0, 500));
  const { ids, total } = await findExperiments(ports.db, { expression, projectId: caller.projectId, limit, offset });
  const { runs } = ids.length === 0 ? { runs: [] } : await ports.tracked.runs.list({ ids, limit: ids.length });
  const place = new Map(ids.map((id, at) => [id, at]));
  runs.sort((one, other) => place.get(one.id)! - place.get(other.id)!);
  return experimentPage(asking, runs, total, offset);
}

const experimentPage = (asking: Asking, runs: readonly TrackedRun[], totalCount: number, offset: number) => ({
  experiments: runs.map((run) => experimentField(asking, run)),
  totalCount,
  hasMore: offset + runs.length < totalCount,
});
