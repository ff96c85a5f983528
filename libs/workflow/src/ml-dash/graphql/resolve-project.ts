import type { TrackedProject } from '#tracking';

import { sees } from '../visible.js';
import type { Asking } from './loaders.js';
import { idOf, pageOf, type Paging, resolveNodes } from './resolve-tree.js';

/** Fields of a project. */
export const projectField = (asking: Asking, project: TrackedProject) => ({
  id: `${project.id}`,
  name: project.name,
  slug: project.slug,
  description: project.description,
  tags: [],
  namespace: () => ({ ...namespaceField(asking, project.namespace) }),
  experimentCount: () => asking.experimentCount.load(project.id),
  createdAt: project.created.toISOString(),
  updatedAt: project.lastModified.toISOString(),
  nodes: (asked: Parameters<typeof resolveNodes>[2]) => resolveNodes(asking, project.id, asked),
});

/** A namespace is whatever owner is named: nobody has to make one. */
export const namespaceField = (asking: Asking, slug: string) => ({
  id: slug,
  slug,
  projects: async () => (await projectsOf(asking, slug)).map((project) => projectField(asking, project)),
});

/** The namespace, null for a token of one project that lies elsewhere. */
export async function resolveNamespace(asking: Asking, slug: string) {
  if (asking.caller.projectId !== null && (await projectsOf(asking, slug)).length === 0) return null;
  return namespaceField(asking, slug);
}

/** The project by id or by both slugs. */
export async function findProject(
  { ports, caller }: Asking,
  {
    id,
    namespaceSlug,
    projectSlug,
  }: { id?: string | null; namespaceSlug?: string | null; projectSlug?: string | null },
): Promise<TrackedProject | undefined> {
  if (id != null) {
    const known = idOf(id);
    if (known === undefined || !sees(caller, known)) return undefined;
    return (await ports.tracked.projects.list({ id: known }))[0];
  }
  if (projectSlug == null) return undefined;
  const found = await ports.tracked.projects.find(namespaceSlug ?? caller.user, projectSlug);
  return found && sees(caller, found.id) ? found : undefined;
}

/** A page of a namespace's projects. */
export async function resolveProjects(
  asking: Asking,
  { namespaceSlug, ...asked }: Paging & { namespaceSlug?: string | null },
) {
  const { limit, offset } = pageOf(asked);
  const all = await projectsOf(asking, namespaceSlug ?? asking.caller.user);
  const projects = all.slice(offset, offset + limit).map((project) => projectField(asking, project));
  return { projects, totalCount: all.length, hasMore: offset + projects.length < all.length };
}

async function projectsOf({ ports, caller }: Asking, namespace: string): Promise<TrackedProject[]> {
  const all = await ports.tracked.projects.list({
    namespace,
    ...(caller.projectId === null ? {} : { id: caller.projectId }),
  });
  return all.filter((project) => project.namespace === namespace && sees(caller, project.id));
}
