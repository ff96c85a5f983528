import { AppError, API_PREFIX, type Caller } from '#contract';

import type { Ports } from '../ports.js';
import { artifactPath } from './artifact-path.js';
import { matyanProject } from './matyan-project.js';
import { signToken } from './signed-token.js';

/** How long an upload may wait to begin. */
export const PRESIGNED_SECONDS = 3600;

/** What an upload URL permits. */
export interface PresignedUpload {
  readonly run: string;
  readonly path: string;
  readonly type: string;
  readonly maxBytes: number;
  /** Milliseconds since 1970. */
  readonly until: number;
}

/** Where to upload a file of a run, which need not exist yet. @throws AppError `artifact-path-invalid`, `tracked-run-gone`. */
export async function presignArtifact(
  ports: Ports,
  caller: Caller,
  given: { readonly run: string; readonly path: string; readonly type: string; readonly origin: string },
): Promise<{ upload_url: string; s3_key: string; headers: null }> {
  const projectId = await matyanProject(ports, caller);
  const path = artifactPath(given.path);
  if (await ports.tracked.runs.isGone(projectId, given.run)) throw new AppError('tracked-run-gone', { id: given.run });
  const upload: PresignedUpload = {
    run: given.run,
    path,
    type: given.type,
    maxBytes: ports.config.uploadBytes,
    until: Date.now() + PRESIGNED_SECONDS * 1000,
  };
  const token = signToken('put', projectId, await ports.tracked.signingKey(projectId), upload);
  return {
    upload_url: `${given.origin}${API_PREFIX}/rest/artifacts/upload?token=${token}`,
    s3_key: `${given.run}/${path}`,
    headers: null,
  };
}
