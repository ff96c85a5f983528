import type { z } from 'zod';

import {
  AppError,
  type Caller,
  type InputOf,
  type mlDashRoutes,
  type UploadedFile,
  type WireMlDashMade,
} from '#contract';
import { putFile } from '#tracking';

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
  const blob = {
    projectId: project.id,
    key: file.key,
    sha256: file.sha256,
    sizeBytes: file.sizeBytes,
    contentType: file.mediaType,
  };
  const node = await ports.db.transaction(async (tx) => {
    const { id: blobId } = await ports.tracked.objects.addBlob(blob, tx);
    return putFile(tx, { ...place, name: form.name ?? file.filename, blobId, description, tags, metadata });
  });
  await ports.tracked.runs.touch(run.id);
  return { project: wireProject(project), node: wireNode(node), experiment: null, physicalFile: wireFile(node) };
}
