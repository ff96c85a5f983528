import { z } from 'zod';

import { Artifact } from './artifacts.js';
import { Id, IdParams, Nothing, route } from './route.js';
import { Status } from './statuses.js';
import { JsonObject, WireDate } from './wire.js';

/** A report of a run; the path is null until it has finished, and names no file. */
export const WireReport = z
  .object({
    id: z.int(),
    run_id: z.int(),
    huey_id: z.string().nullable(),
    report_name: z.string(),
    parameters: JsonObject,
    artifacts_path: z.string().nullable(),
    plot_overrides: JsonObject.nullable(),
    created: WireDate,
    status: Status,
  })
  .meta({ id: 'Report' });
export type WireReport = z.infer<typeof WireReport>;

const tag = 'report';
const Ok = z.object({ status: z.literal('ok') });

/** `/report/`: what a finished run answers, beside the truth. */
export const reportRoutes = {
  list: route({
    method: 'GET',
    path: '/report/',
    tag,
    summary: 'List reports',
    query: z.object({ run_id: Id.optional() }),
    status: 200,
    answer: z.array(WireReport),
  }),
  create: route({
    method: 'POST',
    path: '/report/',
    tag,
    summary: 'Create a report; a ReportJob computes it',
    body: z.object({ run_id: Id, report_name: z.string().max(200), parameters: JsonObject.nullish() }),
    status: 201,
    answer: WireReport,
    errors: ['run-not-found', 'component-not-registered', 'parameters-invalid'],
    example: { body: { run_id: 1, report_name: 'ConfusionMatrix', parameters: {} } },
  }),
  artifacts: route({
    method: 'GET',
    path: '/report/:id/artifacts',
    tag,
    summary: 'One group per part of the rows; empty until the report has run',
    params: IdParams,
    status: 200,
    answer: z.array(Artifact),
    errors: ['report-not-found'],
  }),
  override: route({
    method: 'PUT',
    path: '/report/:id/override',
    tag,
    summary: 'Keep an edited figure',
    params: IdParams,
    body: z.object({ index: z.int().min(0), figure: z.union([JsonObject, z.string().max(20_000_000)]) }),
    status: 200,
    answer: Ok,
    errors: ['report-not-found', 'artifact-not-found'],
  }),
  restore: route({
    method: 'DELETE',
    path: '/report/:id/override/:index',
    tag,
    summary: 'Return to the computed figure',
    params: IdParams.extend({ index: z.coerce.number().int().min(0) }),
    status: 200,
    answer: Ok,
    errors: ['report-not-found'],
  }),
  remove: route({
    method: 'DELETE',
    path: '/report/:id',
    tag,
    summary: 'Delete a report',
    params: IdParams,
    status: 200,
    answer: Nothing,
    errors: ['report-not-found'],
  }),
} as const;
