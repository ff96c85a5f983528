import { randomUUID } from 'node:crypto';

import type { z } from 'zod';

import {
  AppError,
  type Caller,
  type InputOf,
  type mlDashRoutes,
  type UploadedFile,
  type WireMlDashMade,
} from '#contract';
import { trackedKey } from '#storage';
import { putFile, type TrackedNode, type Tx } from '#tracking';

import type { Ports } from '../ports.js';
import { placeBelow } from './place-below.js';
import { visibleProject, writableRun } from './visible.js';
import { wireFile, wireNode, wireProject } from './wire-ml-dash.js';

type FileForm = NonNullable<InputOf<typeof mlDashRoutes.make>['form']>;

/**
 * Makes a stored upload a file of an experiment; the same name in the same folder again replaces it.
 * @throws AppError `file-missing`, `file-checksum-differs`, `tracked-run-not-found`, `tracked-run-protected`, `tracked-node-not-found`.
 */
export async function uploadFile(
  ports: Ports,
  caller: Caller,
  form: FileForm,
  file: UploadedFile | undefined,
): Promise<z.infer<typeof WireMlDashMade>> {
  if (file === undefined) throw new AppError('file-missing');
  const expected = form.checksum?.toLowerCase() ?? file.sha256;
  if (expected !== file.sha256) throw new AppError('file-checksum-differs', { actual: file.sha256, expected });
  const run = await writableRun(ports, caller, form.experimentId);
  const project = await visibleProject(ports, caller, form.projectId ?? run.projectId);
  const place = await placeBelow(ports, caller, { projectId: project.id, run, parentId: form.parentId });
  const { description, tags, metadata } = form;
  const node = await keepBytes(ports, project.id, file, (blobId, tx) =>
    putFile(tx, { ...place, name: form.name ?? file.filename, blobId, description, tags, metadata }),
  );
  await ports.tracked.runs.touch(run.id);
  return { project: wireProject(project), node: wireNode(node), experiment: null, physicalFile: wireFile(node) };
}

/** The upload under a key of its own, which nobody tidies away, and what refers to it, in one transaction. */
async function keepBytes(
  { db, storage, tracked }: Ports,
  projectId: number,
  { key: uploaded, sha256, sizeBytes, mediaType: contentType }: UploadedFile,
  refer: (blobId: number, tx: NonNullable<Tx>) => Promise<TrackedNode>,
): Promise<TrackedNode> {
  const key = trackedKey(randomUUID());
  await storage.move(uploaded, key);
  try {
    return await db.transaction(async (tx) => {
      const { id } = await tracked.objects.addBlob({ projectId, key, sha256, sizeBytes, contentType }, tx);
      return refer(id, tx);
    });
  } catch (error) {
    await storage.remove(key);
    throw error;
  }
}
