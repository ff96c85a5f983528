import { z } from 'zod';

import {
  MlDashName, mlDashWords, MlDashStatus, WireMlDashMade, WireMlDashNode,
} from './ml-dash-wire.js'; // prettier-ignore
import { Id, IdParams, route } from './route.js';

const common = { root: true, dialect: 'ml-dash', tag: 'ml-dash' } as const;
/** `ROOT` is the top: of the project, or of the experiment when one is named. */
const ParentId = z.union([z.literal('ROOT'), Id]).nullish();
const bindrs = z.array(z.string().max(255)).max(1000).nullish();

const NewProject = z.object({
  type: z.literal('PROJECT'),
  name: MlDashName,
  slug: MlDashName.optional(),
  description: mlDashWords.description,
});
const NewFolder = z.object({
  type: z.literal('FOLDER'),
  name: MlDashName,
  projectId: Id,
  experimentId: Id.nullish(),
  parentId: ParentId,
});
const NewExperiment = z.object({
  type: z.literal('EXPERIMENT'),
  name: MlDashName,
  projectId: Id.nullish(),
  projectSlug: MlDashName.nullish(),
  parentId: ParentId,
  bindrs,
  writeProtected: z.boolean().default(false),
  ...mlDashWords,
});
const fieldJson = z.preprocess((text, context) => {
  if (typeof text !== 'string' || text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    context.addIssue({ code: 'custom', message: 'must be JSON' });
    return z.NEVER;
  }
}, z.record(z.string(), z.unknown()).optional());
/** Comma-joined in a form. */
const fieldTags = z
  .string()
  .max(65_536)
  .optional()
  .transform((text) => text?.split(',').filter((tag) => tag !== ''));

/** `/api/namespaces`, `/api/nodes`, `/api/projects`, `/api/search`: the tree of projects, folders, experiments and files. */
export const mlDashNodeRoutes = {
  make: route({
    ...common,
    method: 'POST',
    path: '/api/namespaces/:namespace/nodes',
    summary: 'Open a project, a folder or an experiment, or upload a file',
    description:
      'Get or create: the same place again is the same node, also for many who ask at once, and there is no 409. A file is a form ' +
      'whose part `file` comes last; the same name in the same folder again replaces it. `type` says what is made.',
    params: z.object({ namespace: MlDashName }),
    body: z.discriminatedUnion('type', [NewProject, NewFolder, NewExperiment]),
    form: z
      .object({
        type: z.literal('FILE'),
        projectId: Id.optional(),
        experimentId: Id,
        parentId: ParentId,
        name: MlDashName.optional(),
        checksum: z
          .string()
          .regex(/^[0-9a-fA-F]{64}$/)
          .optional(),
        description: z.string().max(65_536).optional(),
        tags: fieldTags,
        metadata: fieldJson,
      })
      .optional(),
    files: ['file'],
    status: 200,
    answer: WireMlDashMade,
    errors: [
      'file-checksum-differs',
      'file-missing',
      'tracked-limit-passed',
      'tracked-node-misplaced',
      'tracked-node-not-found',
      'tracked-project-not-found',
      'tracked-run-gone',
      'tracked-run-not-found',
      'tracked-run-protected',
    ],
    example: { body: { type: 'EXPERIMENT', name: 'baseline', projectSlug: 'digits', parentId: 'ROOT' } },
  }),
  node: route({
    ...common,
    method: 'GET',
    path: '/api/nodes/:id',
    summary: 'Read a node',
    params: IdParams,
    status: 200,
    answer: WireMlDashNode,
    errors: ['tracked-node-not-found'],
  }),
  change: route({
    ...common,
    method: 'PATCH',
    path: '/api/nodes/:id',
    summary: "Change an experiment's status, or what describes a node",
    params: IdParams,
    body: z.object({ status: MlDashStatus.optional(), bindrs, ...mlDashWords }),
    status: 200,
    answer: WireMlDashNode,
    errors: [
      'tracked-limit-passed',
      'tracked-node-misplaced',
      'tracked-node-not-found',
      'tracked-run-gone',
      'tracked-run-protected',
    ],
    example: { body: { status: 'COMPLETED' } },
  }),
  remove: route({
    ...common,
    method: 'DELETE',
    path: '/api/nodes/:id',
    summary: 'Delete a node with all below it, softly',
    params: IdParams,
    status: 200,
    answer: z.object({ id: z.string(), deletedAt: z.string() }),
    errors: ['tracked-node-not-found', 'tracked-run-protected'],
  }),
  download: route({
    ...common,
    method: 'GET',
    path: '/api/nodes/:id/download',
    summary: "Download a file's bytes",
    params: IdParams,
    status: 200,
    answer: z.string(),
    stream: 'file',
    errors: ['tracked-node-misplaced', 'tracked-node-not-found'],
  }),
  search: route({
    ...common,
    method: 'GET',
    path: '/api/search/files',
    summary: 'Find files by a glob over their paths',
    description: '`*` and `?` stay within one name, `**/` passes through folders, `[a-c]` is one of these.',
    query: z.object({
      pattern: z.string().min(1).max(500),
      experimentId: Id.optional(),
      limit: z.coerce.number().int().min(1).max(500).default(10),
      offset: z.coerce.number().int().min(0).max(10_000_000).default(0),
    }),
    status: 200,
    answer: z.object({
      files: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          path: z.string().meta({ description: 'With the name, from the experiment' }),
          experimentId: z.string().nullable(),
        }),
      ),
    }),
    errors: ['tracked-run-gone', 'tracked-run-not-found'],
  }),
  removeProject: route({
    ...common,
    method: 'DELETE',
    path: '/api/projects/:id',
    summary: 'Delete a project with its experiments, softly',
    params: IdParams,
    status: 200,
    answer: z.object({
      projectId: z.string(),
      deleted: z.int().meta({ description: 'Nodes' }),
      experiments: z.int(),
      message: z.string(),
    }),
    errors: ['forbidden', 'tracked-project-not-found'],
  }),
} as const;
