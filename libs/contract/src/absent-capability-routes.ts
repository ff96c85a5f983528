import { z } from 'zod';

import { IdParams, Nothing, route } from './route.js';
import { JsonObject } from './wire.js';

const tag = 'absent-capability';
/** What is sent along is not looked at. */
const refused = { method: 'POST', tag, summary: 'Not offered', status: 501, answer: Nothing } as const;
const none = { method: 'GET', tag, status: 200, answer: z.array(JsonObject) } as const;
const ofSession = { params: IdParams, errors: ['retrieval-not-offered', 'generative-session-not-found'] } as const;

/**
 * What DashAI's client asks of capabilities this server lacks (ADR 0014): lists are empty, so that its pages open; what would make
 * something is refused by a code that says why.
 */
export const absentCapabilityRoutes = {
  chunkingPresets: route({ ...none, path: '/rag/chunking-presets', summary: 'No presets: retrieval is not offered' }),
  retrieverPresets: route({
    ...none,
    path: '/rag/retriever-presets',
    summary: 'No presets: retrieval is not offered',
    query: z.object({ top_k: z.coerce.number().int().min(1).max(10_000).default(10) }),
  }),
  startIndexing: route({ ...refused, ...ofSession, path: '/rag/sessions/:id/index' }),
  documents: route({
    ...none,
    path: '/document/session/:id',
    summary: 'No documents: retrieval is not offered',
    params: IdParams,
    errors: ['generative-session-not-found'],
  }),
  addDocument: route({
    ...refused,
    ...ofSession,
    path: '/document/session/:id',
    form: z.object({ metadata: z.string().max(1_000_000).optional() }),
    files: ['file'],
  }),
  pipelines: route({ ...none, path: '/pipelines', summary: 'No pipelines: they are not offered' }),
  pipelineNodes: route({ ...none, path: '/pipelines/nodes', summary: 'No kinds of nodes: pipelines are not offered' }),
  createPipeline: route({ ...refused, path: '/pipelines', errors: ['pipelines-not-offered'] }),
} as const;
