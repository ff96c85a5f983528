import { z } from 'zod';

import { Artifact } from './artifacts.js';
import { Id, IdParams, Nothing, route } from './route.js';
import { JsonObject, WireDate } from './wire.js';
import { Status } from './statuses.js';

/** An explainer of a run; both paths are null until it has finished, and name no file. */
export const WireGlobalExplainer = z
  .object({
    id: z.int(),
    name: z.string().nullable(),
    run_id: z.int(),
    huey_id: z.string().nullable(),
    explainer_name: z.string(),
    explanation_path: z.string().nullable(),
    plot_path: z.string().nullable(),
    plot_overrides: JsonObject.nullable(),
    parameters: JsonObject,
    created: WireDate,
    status: Status,
  })
  .meta({ id: 'GlobalExplainer' });
export type WireGlobalExplainer = z.infer<typeof WireGlobalExplainer>;

const tag = 'explainer';
const one = { tag, params: IdParams, errors: ['explainer-not-found', 'explainer-not-finished'] } as const;
const Ok = z.object({ status: z.literal('ok') });
const ScopedParams = IdParams.extend({ scope: z.string().max(20) });

/** `/explainer/`: what a finished run goes by. */
export const explainerRoutes = {
  listGlobal: route({
    method: 'GET',
    path: '/explainer/global',
    tag,
    summary: 'List global explainers',
    query: z.object({ run_id: Id.optional() }),
    status: 200,
    answer: z.array(WireGlobalExplainer),
  }),
  createGlobal: route({
    method: 'POST',
    path: '/explainer/global',
    tag,
    summary: 'Create a global explainer; an ExplainerJob computes it',
    body: z.object({ run_id: Id, explainer_name: z.string().max(200), parameters: JsonObject }),
    status: 201,
    answer: WireGlobalExplainer,
    errors: ['run-not-found', 'component-not-registered', 'parameters-invalid'],
  }),
  plotGlobal: route({
    ...one,
    method: 'GET',
    path: '/explainer/global/plot/:id',
    summary: 'Artifacts of a global explainer',
    status: 200,
    answer: z.array(Artifact),
  }),
  getGlobal: route({
    ...one,
    method: 'GET',
    path: '/explainer/global/:id',
    summary: 'Raw explanation',
    status: 200,
    answer: JsonObject,
  }),
  removeGlobal: route({
    method: 'DELETE',
    path: '/explainer/global/:id',
    tag,
    summary: 'Delete a global explainer',
    params: IdParams,
    status: 200,
    answer: Nothing,
    errors: ['explainer-not-found'],
  }),
  override: route({
    method: 'PUT',
    path: '/explainer/:scope/plot/:id/override',
    tag,
    summary: 'Keep an edited figure; the scope is global or local',
    params: ScopedParams,
    body: z.object({ index: z.int().min(0), figure: z.union([JsonObject, z.string().max(20_000_000)]) }),
    status: 200,
    answer: Ok,
    errors: ['explainer-scope-unknown', 'explainer-not-found', 'artifact-not-found'],
  }),
  restore: route({
    method: 'DELETE',
    path: '/explainer/:scope/plot/:id/override/:index',
    tag,
    summary: 'Return to the computed figure',
    params: ScopedParams.extend({ index: z.coerce.number().int().min(0) }),
    status: 200,
    answer: Ok,
    errors: ['explainer-scope-unknown', 'explainer-not-found'],
  }),
  patch: route({
    method: 'PATCH',
    path: '/explainer/',
    tag,
    summary: 'Not there: an explainer is deleted and created anew',
    status: 501,
    answer: Nothing,
    errors: ['not-implemented'],
  }),
} as const;
