import { z } from 'zod';

import { JOB_STATES } from './jobs.js';
import { route } from './route.js';
import { SwanlogSkip } from './swanlog.js';

const tag = 'tracked-run';

/** How an import goes. */
export const WireTrackedImport = z
  .object({
    id: z.uuid(),
    status: z.enum(JOB_STATES),
    progress: z.number().nullable(),
    error: z.string().nullable(),
    /** Null until it has finished. */
    result: z
      .object({
        project_id: z.int(),
        runs: z.array(z.object({ id: z.int(), run_id: z.string(), name: z.string(), created: z.boolean() })),
        skipped: z.array(SwanlogSkip.extend({ reason: z.string().meta({ description: 'In the reader’s language' }) })),
      })
      .nullable(),
  })
  .meta({ id: 'TrackedImport' });
export type WireTrackedImport = z.infer<typeof WireTrackedImport>;

/** `/tracked-import/`: runs brought from elsewhere. */
export const trackedImportRoutes = {
  create: route({
    method: 'POST',
    path: '/tracked-import/',
    tag,
    summary: 'Import a log folder of SwanLab, as ZIP or tar.gz; a SwanlogJob reads it',
    description:
      'The archive holds `runs.swanlab` and the directories of runs beside it. Importing again updates the same runs. ' +
      '`project` is `slug` or `namespace/slug`, made when there is none; a token of a project imports into that one.',
    form: z.object({ project: z.string().min(1).max(511).optional() }),
    files: ['file'],
    status: 201,
    answer: z.object({ id: z.uuid() }),
    errors: ['file-missing', 'tracked-project-not-found', 'tracked-limit-passed'],
  }),
  get: route({
    method: 'GET',
    path: '/tracked-import/:id',
    tag,
    summary: 'How an import goes, and which directories it left out and why',
    params: z.object({ id: z.string().max(100) }),
    status: 200,
    answer: WireTrackedImport,
    errors: ['job-not-found'],
  }),
} as const;
