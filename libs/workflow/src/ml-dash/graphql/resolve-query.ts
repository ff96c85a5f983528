import { GraphQLError } from 'graphql';

import { openExperimentNode } from '#tracking';

import type { Asking } from './loaders.js';
import {
  experimentField,
  findRun,
  resolveExperiment,
  resolveExperiments,
  searchExperiments,
} from './resolve-experiment.js';
import { findProject, projectField, resolveNamespace, resolveProjects } from './resolve-project.js';
import { nodeField, type Paging } from './resolve-tree.js';

interface Slugs {
  readonly namespaceSlug?: string | null;
  readonly projectSlug: string;
}

/** The fields of `Query` and `Mutation`. */
export const rootOf = (asking: Asking) => ({
  me: () => userField(asking),
  namespace: ({ slug }: { slug: string }) => resolveNamespace(asking, slug),
  project: async (asked: Parameters<typeof findProject>[1]) => {
    const project = await findProject(asking, asked);
    return project && projectField(asking, project);
  },
  experimentNode: async ({ experimentId }: { experimentId: string }) => {
    const run = await findRun(asking, experimentId);
    return run && nodeField(await openExperimentNode(asking.ports.db, run));
  },
  experimentById: async ({ id }: { id: string }) => {
    const run = await findRun(asking, id);
    return run && experimentField(asking, run);
  },
  experiment: async ({ experimentName, ...slugs }: Slugs & { experimentName: string }) =>
    resolveExperiment(asking, await findProject(asking, slugs), experimentName),
  projectsPaginated: (asked: Paging & { namespaceSlug?: string | null }) => resolveProjects(asking, asked),
  experimentsPaginated: async ({ namespaceSlug, projectSlug, ...page }: Slugs & Paging & { status?: string | null }) =>
    resolveExperiments(asking, await findProject(asking, { namespaceSlug: namespaceSlug ?? null, projectSlug }), page),
  searchExperimentsPaginated: (asked: Paging & { pattern: string }) => searchExperiments(asking, asked),
  updateUser: ({ username }: { username: string }) => {
    if (username === asking.caller.user) return userField(asking);
    throw new GraphQLError('Users are named by their access tokens here: make a token with another owner');
  },
});

function userField({ caller }: Asking) {
  const [given_name, ...family] = caller.user.split(/[ _-]+/);
  return {
    id: caller.user,
    username: caller.user,
    email: `${caller.user}@localhost`,
    name: caller.user,
    given_name,
    family_name: family.join(' '),
    picture: null,
  };
}
