import type { Caller, MatyanApp, MatyanDashboard, MatyanReport } from '#contract';
import type { TrackedView } from '#tracking';

import type { Ports } from '../ports.js';
import { matyanProject } from './matyan-project.js';
import { epochSeconds } from './run-props.js';

type ViewBody = TrackedView['body'];
type Maybe<T> = T | null | undefined;
type AppBody = { readonly type?: Maybe<string>; readonly state?: Maybe<ViewBody> };
type NamedBody = { readonly name?: Maybe<string>; readonly description?: Maybe<string> };

const times = ({ created, lastModified }: TrackedView) => ({
  created_at: epochSeconds(created),
  updated_at: epochSeconds(lastModified),
});
const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const toApp = (view: TrackedView): MatyanApp => ({
  id: view.id,
  type: text(view.body['type']) ?? '',
  state: (view.body['state'] ?? {}) as ViewBody,
  ...times(view),
});

/** What explorers remember. */
export const matyanApps = {
  async list(ports: Ports, caller: Caller): Promise<MatyanApp[]> {
    return (await ports.tracked.views.list(await matyanProject(ports, caller), 'app')).map(toApp);
  },
  async create(ports: Ports, caller: Caller, { type, state }: { type: string; state: ViewBody }): Promise<MatyanApp> {
    const view = { name: null, description: null, body: { type, state } };
    return toApp(await ports.tracked.views.create(await matyanProject(ports, caller), 'app', view));
  },
  async get(ports: Ports, caller: Caller, id: string): Promise<MatyanApp> {
    return toApp(await ports.tracked.views.get(await matyanProject(ports, caller), 'app', id));
  },
  async change(ports: Ports, caller: Caller, id: string, { type, state }: AppBody): Promise<MatyanApp> {
    const body = { ...(type == null ? {} : { type }), ...(state == null ? {} : { state }) };
    return toApp(await ports.tracked.views.change(await matyanProject(ports, caller), 'app', id, { body }));
  },
  async remove(ports: Ports, caller: Caller, id: string): Promise<null> {
    await ports.tracked.views.remove(await matyanProject(ports, caller), 'app', id);
    return null;
  },
};

/** Dashboards name an app; its type is read along. */
async function toDashboards(
  ports: Ports,
  projectId: number,
  views: readonly TrackedView[],
): Promise<MatyanDashboard[]> {
  const ids = views.flatMap(({ body }) => text(body['app_id']) ?? []);
  const apps = ids.length > 0 ? await ports.tracked.views.list(projectId, 'app', ids) : [];
  const types = new Map(apps.map(({ id, body }) => [id, text(body['type'])]));
  return views.map((view) => {
    const appId = text(view.body['app_id']);
    return {
      id: view.id,
      name: view.name ?? '',
      description: view.description,
      app_id: appId,
      app_type: appId === null ? null : (types.get(appId) ?? null),
      ...times(view),
    };
  });
}
const toDashboard = async (ports: Ports, projectId: number, view: TrackedView): Promise<MatyanDashboard> =>
  (await toDashboards(ports, projectId, [view]))[0]!;

/** Names for apps. */
export const matyanDashboards = {
  async list(ports: Ports, caller: Caller): Promise<MatyanDashboard[]> {
    const projectId = await matyanProject(ports, caller);
    return toDashboards(ports, projectId, await ports.tracked.views.list(projectId, 'dashboard'));
  },
  async create(
    ports: Ports,
    caller: Caller,
    given: { name: string; description?: Maybe<string>; app_id?: Maybe<string> },
  ): Promise<MatyanDashboard> {
    const projectId = await matyanProject(ports, caller);
    const { name, description = null, app_id: appId } = given;
    const view = { name, description, body: appId == null ? {} : { app_id: appId } };
    return toDashboard(ports, projectId, await ports.tracked.views.create(projectId, 'dashboard', view));
  },
  async get(ports: Ports, caller: Caller, id: string): Promise<MatyanDashboard> {
    const projectId = await matyanProject(ports, caller);
    return toDashboard(ports, projectId, await ports.tracked.views.get(projectId, 'dashboard', id));
  },
  async change(ports: Ports, caller: Caller, id: string, { name, description }: NamedBody): Promise<MatyanDashboard> {
    const projectId = await matyanProject(ports, caller);
    const patch = { ...(name == null ? {} : { name }), ...(description == null ? {} : { description }) };
    return toDashboard(ports, projectId, await ports.tracked.views.change(projectId, 'dashboard', id, patch));
  },
  async remove(ports: Ports, caller: Caller, id: string): Promise<null> {
    await ports.tracked.views.remove(await matyanProject(ports, caller), 'dashboard', id);
    return null;
  },
};

const toReport = (view: TrackedView): MatyanReport => ({
  id: view.id,
  name: view.name ?? '',
  code: text(view.body['code']),
  description: view.description,
  ...times(view),
});

/** Pages people write. */
export const matyanReports = {
  async list(ports: Ports, caller: Caller): Promise<MatyanReport[]> {
    return (await ports.tracked.views.list(await matyanProject(ports, caller), 'report')).map(toReport);
  },
  async create(
    ports: Ports,
    caller: Caller,
    { name, code, description = null }: { name: string; code?: Maybe<string>; description?: Maybe<string> },
  ): Promise<MatyanReport> {
    const view = { name, description, body: code == null ? {} : { code } };
    return toReport(await ports.tracked.views.create(await matyanProject(ports, caller), 'report', view));
  },
  async get(ports: Ports, caller: Caller, id: string): Promise<MatyanReport> {
    return toReport(await ports.tracked.views.get(await matyanProject(ports, caller), 'report', id));
  },
  async change(
    ports: Ports,
    caller: Caller,
    id: string,
    { name, description, code }: NamedBody & { readonly code?: Maybe<string> },
  ): Promise<MatyanReport> {
    const patch = {
      ...(name == null ? {} : { name }),
      ...(description == null ? {} : { description }),
      ...(code == null ? {} : { body: { code } }),
    };
    return toReport(await ports.tracked.views.change(await matyanProject(ports, caller), 'report', id, patch));
  },
  async remove(ports: Ports, caller: Caller, id: string): Promise<null> {
    await ports.tracked.views.remove(await matyanProject(ports, caller), 'report', id);
    return null;
  },
};
