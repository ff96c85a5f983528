import { z } from 'zod';

import type { Caller } from '#contract';
import type { TrackedBlob } from '#tracking';

import type { Ports } from '../ports.js';
import { matyanProject } from './matyan-project.js';
import { readToken, signToken } from './signed-token.js';

const Place = z.object({ run: z.int(), path: z.string() });

/** A maker of opaque URIs for files of a project's runs: signed, so that nobody names a file they were not shown. */
export async function artifactUri(
  { tracked }: Pick<Ports, 'tracked'>,
  projectId: number,
): Promise<(runId: number, path: string) => string> {
  const key = await tracked.signingKey(projectId);
  return (run, path) => signToken('get', projectId, key, { run, path });
}

/** The bytes a URI stands for; undefined when it is not ours, of another project, or they never arrived. */
export async function blobOfUri(
  ports: Pick<Ports, 'tracked'>,
  caller: Caller,
  uri: string,
): Promise<TrackedBlob | undefined> {
  const projectId = await matyanProject(ports, caller);
  const place = Place.safeParse(readToken('get', projectId, await ports.tracked.signingKey(projectId), uri));
  if (!place.success) return undefined;
  return (await ports.tracked.files.find(place.data.run, place.data.path))?.blob ?? undefined;
}
