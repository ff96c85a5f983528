import { AppError, type Caller, type InputOf, type mlDashRoutes, type WireMlDashMade } from '#contract';
import { openExperimentNode, openFolder, type TrackedProject, type TrackedRun } from '#tracking';
import type { z } from 'zod';

import type { Ports } from '../ports.js';
import { placeBelow } from './place-below.js';
import { isSealed, openProject, visibleProject, visibleRun } from './visible.js';
import { wireExperiment, wireFile, wireNode, wireProject } from './wire-ml-dash.js';

type Body = InputOf<typeof mlDashRoutes.make>['body'];
type Made = z.infer<typeof WireMlDashMade>;

/**
 * Opens a project, a folder or an experiment: get or create, never a conflict.
 * @throws AppError `tracked-project-not-found`, `tracked-run-not-found`, `tracked-node-not-found`, `tracked-node-misplaced`.
 */
export async function makeNode(ports: Ports, caller: Caller, namespace: string, body: Body): Promise<Made> {
  switch (body.type) {
    case 'PROJECT':
      return makeProject(ports, caller, namespace, body);
    case 'FOLDER':
      return makeFolder(ports, caller, body);
    case 'EXPERIMENT':
      return makeExperiment(ports, caller, namespace, body);
  }
}

type Of<T extends Body['type']> = Extract<Body, { type: T }>;
const nothing = { node: null, experiment: null, physicalFile: null };

async function makeProject(ports: Ports, caller: Caller, namespace: string, body: Of<'PROJECT'>): Promise<Made> {
  let project = await openProject(ports, caller, namespace, body.slug ?? body.name);
  if (body.description) {
    project = await ports.tracked.projects.change(project.id, { description: body.description });
  }
  return { ...nothing, project: wireProject(project) };
}

async function makeFolder(ports: Ports, caller: Caller, body: Of<'FOLDER'>): Promise<Made> {
  const project = await visibleProject(ports, caller, body.projectId);
  const run = body.experimentId == null ? undefined : await visibleRun(ports, caller, body.experimentId);
  const place = await placeBelow(ports, caller, { projectId: project.id, run, parentId: body.parentId });
  const node = await openFolder(ports.db, { ...place, name: body.name });
  return { ...nothing, project: wireProject(project), node: wireNode(node) };
}

async function makeExperiment(ports: Ports, caller: Caller, namespace: string, body: Of<'EXPERIMENT'>): Promise<Made> {
  const project = await projectOf(ports, caller, namespace, body);
  const place = await placeBelow(ports, caller, { projectId: project.id, run: undefined, parentId: body.parentId });
  if (place.runId !== null) {
    throw new AppError('tracked-node-misplaced', { id: place.parentId ?? 0, kind: 'EXPERIMENT', expected: 'FOLDER' });
  }
  const run = await openRun(ports, caller, project, place.path, body);
  const node = await openExperimentNode(ports.db, run);
  const physicalFile = wireFile(node);
  return {
    project: wireProject(project),
    node: wireNode(node, run.status),
    experiment: wireExperiment(run),
    physicalFile,
  };
}

function projectOf(ports: Ports, caller: Caller, namespace: string, body: Of<'EXPERIMENT'>): Promise<TrackedProject> {
  if (body.projectId != null) return visibleProject(ports, caller, body.projectId);
  if (body.projectSlug != null) return openProject(ports, caller, namespace, body.projectSlug);
  throw new AppError('tracked-project-not-found', { name: namespace });
}

/** The same folder and name again is the same run, which begins anew unless it is sealed. */
async function openRun(
  { tracked }: Ports,
  caller: Caller,
  project: TrackedProject,
  folder: string,
  body: Of<'EXPERIMENT'>,
): Promise<TrackedRun> {
  const { name, description, tags, bindrs, metadata, writeProtected } = body;
  const asked = {
    projectId: project.id,
    source: 'ml-dash',
    folder,
    name,
    owner: caller.user,
    writeProtected,
    ...(description == null ? {} : { description }),
    ...(metadata == null ? {} : { metadata }),
    ...(tags == null ? {} : { tags }),
    ...(bindrs == null ? {} : { bindrs }),
  } as const;
  const { run, created } = await tracked.runs.open(asked);
  if (created || isSealed(run)) return run;
  if (run.status !== 'running') await tracked.runs.setStatus(run.id, 'running');
  if (tags != null) await tracked.runs.setTags(run.id, tags);
  const { description: words, metadata: more } = asked as { description?: string; metadata?: Record<string, unknown> };
  if (words === undefined && more === undefined) return tracked.runs.get(run.id);
  return tracked.runs.change(run.id, {
    ...(words === undefined ? {} : { description: words }),
    ...(more ? { metadata: more } : {}),
  });
}
