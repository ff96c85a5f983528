import { z } from 'zod';

import { EntityParams, EpochSeconds, JsonTree } from './matyan-wire.js';
import { Nothing, route } from './route.js';

const common = { tag: 'matyan', dialect: 'matyan' } as const;
const Name = z.string().max(255);
const Description = z.string().max(65_536);
const times = { created_at: EpochSeconds, updated_at: EpochSeconds };

/** The five routes of one kind of saved view. */
const viewRoutes = <
  const P extends string,
  const A extends z.ZodType,
  const N extends z.ZodType,
  const C extends z.ZodType,
>(kind: {
  path: P;
  noun: string;
  answer: A;
  created: N;
  changed: C;
  /** Of what may be larger than the store takes. */
  limits: readonly 'tracked-limit-passed'[];
}) =>
  ({
    list: route({
      ...common,
      method: 'GET',
      path: kind.path,
      summary: `List ${kind.noun}s`,
      status: 200,
      answer: z.array(kind.answer),
    }),
    create: route({
      ...common,
      method: 'POST',
      path: kind.path,
      summary: `Create a ${kind.noun}`,
      body: kind.created,
      status: 201,
      answer: kind.answer,
      errors: kind.limits,
    }),
    get: route({
      ...common,
      method: 'GET',
      path: `${kind.path}:id/`,
      summary: `Read a ${kind.noun}`,
      params: EntityParams,
      status: 200,
      answer: kind.answer,
      errors: ['tracked-view-not-found'],
    }),
    change: route({
      ...common,
      method: 'PUT',
      path: `${kind.path}:id/`,
      summary: `Change a ${kind.noun}; what is absent or null stays`,
      params: EntityParams,
      body: kind.changed,
      status: 200,
      answer: kind.answer,
      errors: ['tracked-view-not-found', ...kind.limits],
    }),
    remove: route({
      ...common,
      method: 'DELETE',
      path: `${kind.path}:id/`,
      summary: `Delete a ${kind.noun}`,
      params: EntityParams,
      status: 204,
      answer: Nothing,
      errors: ['tracked-view-not-found'],
    }),
  }) as const;

/** What explorers of the page remember. */
export const MatyanApp = z
  .object({ id: z.string(), type: z.string(), state: JsonTree, ...times })
  .meta({ id: 'MatyanApp' });
export type MatyanApp = z.infer<typeof MatyanApp>;
/** A name for an app. */
export const MatyanDashboard = z
  .object({
    id: z.string(),
    name: z.string(),
    description: z.string().nullable(),
    app_id: z.string().nullable(),
    app_type: z.string().nullable(),
    ...times,
  })
  .meta({ id: 'MatyanDashboard' });
export type MatyanDashboard = z.infer<typeof MatyanDashboard>;
/** A page somebody wrote. */
export const MatyanReport = z
  .object({
    id: z.string(),
    name: z.string(),
    code: z.string().nullable(),
    description: z.string().nullable(),
    ...times,
  })
  .meta({ id: 'MatyanReport' });
export type MatyanReport = z.infer<typeof MatyanReport>;

/** `/rest/apps/` */
export const matyanAppRoutes = viewRoutes({
  path: '/rest/apps/',
  noun: 'saved explorer state',
  answer: MatyanApp,
  created: z.object({ type: Name, state: JsonTree }),
  changed: z.object({ type: Name.nullish(), state: JsonTree.nullish() }),
  limits: ['tracked-limit-passed'],
});
/** `/rest/dashboards/` */
export const matyanDashboardRoutes = viewRoutes({
  path: '/rest/dashboards/',
  noun: 'dashboard',
  answer: MatyanDashboard,
  created: z.object({ name: Name, description: Description.nullish(), app_id: z.string().max(128).nullish() }),
  changed: z.object({ name: Name.nullish(), description: Description.nullish() }),
  limits: [],
});
/** `/rest/reports/` */
export const matyanReportRoutes = viewRoutes({
  path: '/rest/reports/',
  noun: 'report',
  answer: MatyanReport,
  created: z.object({ name: Name, code: z.string().max(1_000_000).nullish(), description: Description.nullish() }),
  changed: z.object({
    name: Name.nullish(),
    code: z.string().max(1_000_000).nullish(),
    description: Description.nullish(),
  }),
  limits: ['tracked-limit-passed'],
});
