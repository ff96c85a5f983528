import { z } from 'zod';

import { RunHash, RunHashParams } from './matyan-wire.js';
import { route } from './route.js';

const common = { tag: 'matyan', dialect: 'matyan' } as const;
const ArtifactPath = z.string().min(1).max(1000);

/** Files of a run: presigned upload, download of one or of all. */
export const matyanArtifactRoutes = {
  presign: route({
    ...common,
    method: 'POST',
    path: '/rest/artifacts/presign',
    summary: 'Ask where to upload a file of a run',
    description:
      'The URL is signed, bound to run, path and content type, and good for 3600 seconds. PUT the bytes there, then send `blob_ref` over the WebSocket.',
    body: z.object({
      run_id: RunHash,
      artifact_path: ArtifactPath,
      content_type: z
        .string()
        .max(255)
        .regex(/^[\x20-\x7e]*$/)
        .default('application/octet-stream'),
    }),
    status: 200,
    answer: z.object({ upload_url: z.string(), s3_key: z.string(), headers: z.null() }),
    errors: ['artifact-path-invalid', 'tracked-run-gone'],
  }),
  upload: route({
    ...common,
    method: 'PUT',
    path: '/rest/artifacts/upload',
    summary: 'Upload the bytes of a file to its signed URL',
    description: 'The signature is the permission. The body is the bytes, of the content type that was signed.',
    query: z.object({ token: z.string().max(8000) }),
    bytes: true,
    open: true,
    status: 200,
    answer: z.object({ sha256: z.string(), size: z.int() }),
    errors: ['upload-url-invalid', 'media-type-unsupported', 'upload-too-large', 'tracked-run-gone'],
  }),
  download: route({
    ...common,
    method: 'GET',
    path: '/rest/runs/:id/artifacts/download/',
    summary: 'Download a file of a run',
    params: RunHashParams,
    query: z.object({ path: ArtifactPath }),
    status: 200,
    answer: z.unknown(),
    stream: 'file',
    errors: ['tracked-run-not-found', 'tracked-file-not-found', 'tracked-file-missing'],
  }),
  downloadAll: route({
    ...common,
    method: 'GET',
    path: '/rest/runs/:id/artifacts/download-all/',
    summary: 'Download all files of a run as one ZIP archive, uncompressed',
    description: 'Files whose bytes have not arrived are left out.',
    params: RunHashParams,
    status: 200,
    answer: z.unknown(),
    stream: 'file',
    errors: ['tracked-run-not-found', 'tracked-file-not-found', 'tracked-archive-too-large'],
  }),
} as const;
