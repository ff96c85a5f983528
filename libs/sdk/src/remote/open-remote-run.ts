import { HttpError } from '#client';

import type { Opening } from '../sink.js';
import type { Api } from './api.js';

/** What a server calls a run. */
export interface RemoteRun {
  readonly experimentId: string;
  readonly nodeId: string;
  readonly projectId: string;
  readonly data: Readonly<Record<string, unknown>>;
}

interface Made {
  readonly node?: { readonly id?: unknown } | null;
  readonly project?: { readonly id?: unknown } | null;
  readonly experiment?: { readonly id?: unknown; readonly projectId?: unknown } | null;
}

const PROJECTS = 'query GetProject($namespace: String!) { namespace(slug: $namespace) { projects { id slug } } }';

/** Opens a run in the order of the Python client: the project, folder after folder, the experiment; each is made when it is not there. */
export async function openRemoteRun(api: Api, { prefix, readme, tags, bindrs, metadata }: Opening): Promise<RemoteRun> {
  const { owner, project, name } = prefix;
  const make = (node: object): Promise<Made> =>
    again(() => api.sendText<Made>('POST', `/namespaces/${encodeURIComponent(owner)}/nodes`, JSON.stringify(node)));
  const folders = prefix.folder === '' ? [] : prefix.folder.split('/');
  let projectId = await projectIdOf(api, owner, project);
  if (projectId === undefined && folders.length > 0)
    projectId = idOf((await make({ type: 'PROJECT', name: project, slug: project })).project, 'project');
  let parentId = 'ROOT';
  for (const folder of folders)
    parentId = idOf((await make({ type: 'FOLDER', projectId, parentId, name: folder })).node, 'folder');
  const made = await make({
    type: 'EXPERIMENT',
    name,
    parentId,
    ...(projectId === undefined ? { projectSlug: project } : { projectId }),
    ...(readme === undefined ? {} : { description: readme }),
    ...(tags === undefined ? {} : { tags }),
    ...(bindrs === undefined ? {} : { bindrs }),
    ...(metadata === undefined ? {} : { metadata }),
  });
  return {
    experimentId: idOf(made.experiment, 'experiment'),
    nodeId: idOf(made.node, 'experiment'),
    projectId: idOf(made.project ?? { id: made.experiment?.projectId ?? projectId }, 'project'),
    data: made as Readonly<Record<string, unknown>>,
  };
}

async function projectIdOf(api: Api, owner: string, project: string): Promise<string | undefined> {
  const { namespace } = await api.graphql<{ namespace: { projects: { id: unknown; slug: string }[] } | null }>(
    PROJECTS,
    {
      namespace: owner,
    },
  );
  const found = namespace?.projects.find(({ slug }) => slug === project);
  return found && String(found.id);
}

/** Ids are text, whatever they look like. */
export function idOf(made: { readonly id?: unknown } | null | undefined, what: string): string {
  const id = made?.id;
  if (typeof id !== 'string' && typeof id !== 'number')
    throw new HttpError(502, 'protocol', `The server gave no ${what} id`);
  return String(id);
}

/** Several processes that open one prefix at once may be told of a conflict, which passes. */
export async function again<T>(work: () => Promise<T>): Promise<T> {
  for (const pause of [100, 500]) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof HttpError) || error.status !== 409) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return work();
}
