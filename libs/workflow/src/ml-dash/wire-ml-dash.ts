import type { z } from 'zod';

import type { WireMlDashExperiment, WireMlDashFile, WireMlDashNode, WireMlDashProject } from '#contract';
import type { TrackedNode, TrackedProject, TrackedRun, TrackedStatus } from '#tracking';

/** Our status as the client's word: it knows neither waiting nor lost runs. */
export const STATUS_WORDS = {
  queued: 'RUNNING',
  running: 'RUNNING',
  completed: 'COMPLETED',
  failed: 'FAILED',
  lost: 'FAILED',
  cancelled: 'CANCELLED',
} as const satisfies Record<TrackedStatus, string>;

/** The statuses a client's word stands for. */
export const statusesOf = (word: string): TrackedStatus[] =>
  (Object.keys(STATUS_WORDS) as TrackedStatus[]).filter((status) => STATUS_WORDS[status] === word);

export const wireProject = ({ id, name, slug, description }: TrackedProject): z.infer<typeof WireMlDashProject> => ({
  id: `${id}`,
  name,
  slug,
  description,
});

export const wireExperiment = (run: TrackedRun): z.infer<typeof WireMlDashExperiment> => ({
  id: `${run.id}`,
  name: run.name,
  projectId: `${run.projectId}`,
  description: run.description,
  status: STATUS_WORDS[run.status],
  tags: [...run.tags],
  bindrs: [...run.bindrs],
  metadata: run.metadata,
  writeProtected: run.writeProtected,
  createdAt: run.created.toISOString(),
  updatedAt: run.lastModified.toISOString(),
});

/** A node; an experiment's status is its run's. */
export function wireNode(node: TrackedNode, status: TrackedStatus | null = null): WireMlDashNode {
  return {
    id: `${node.id}`,
    type: node.kind,
    name: node.name,
    projectId: `${node.projectId}`,
    parentId: textOrNull(node.parentId),
    experimentId: textOrNull(node.runId),
    pPath: pathOf(node),
    status: status && STATUS_WORDS[status],
    description: node.description,
    tags: [...node.tags],
    bindrs: [...node.bindrs],
    metadata: node.metadata,
    createdAt: node.created.toISOString(),
    updatedAt: node.lastModified.toISOString(),
    deletedAt: node.deleted?.toISOString() ?? null,
    physicalFile: wireFile(node),
  };
}

/** The bytes of a file node. */
export function wireFile({ blob, name }: TrackedNode): z.infer<typeof WireMlDashFile> | null {
  if (blob === null) return null;
  const { id, contentType, sizeBytes, sha256 } = blob;
  return { id: `${id}`, filename: name, contentType, sizeBytes, checksum: sha256, s3Url: null };
}

/** The names above a node and its own. */
export const pathOf = ({ path, name }: Pick<TrackedNode, 'path' | 'name'>): string =>
  path === '' ? name : `${path}/${name}`;

const textOrNull = (id: number | null): string | null => (id === null ? null : `${id}`);
