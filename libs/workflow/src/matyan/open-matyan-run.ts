import type { TrackedRun } from '#tracking';

import type { Ports } from '../ports.js';

/** How the client itself calls a run without a name. */
export const unnamed = (hash: string): string => `Run: ${hash}`;

/** The run, made when nobody wrote to it yet: what is logged before a run says that it begins is not lost. @throws AppError `tracked-run-gone`. */
export async function openMatyanRun(
  { tracked }: Pick<Ports, 'tracked'>,
  { projectId, hash, owner }: { readonly projectId: number; readonly hash: string; readonly owner?: string },
): Promise<TrackedRun> {
  const known = await tracked.runs.find(projectId, hash);
  if (known) return known;
  const run = { projectId, source: 'matyan', extId: hash, name: unnamed(hash), ...(owner ? { owner } : {}) } as const;
  return (await tracked.runs.open(run)).run;
}
